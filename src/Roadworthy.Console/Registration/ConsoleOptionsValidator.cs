using System.Globalization;
using Microsoft.Extensions.Options;

namespace Roadworthy.Console.Registration;

/// <summary>Every fault of the options at once, when the application starts.</summary>
internal sealed class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>
{
    private const int LongestName = 100;

    public ValidateOptionsResult Validate(string? name, ConsoleOptions options)
    {
        var faults = Find(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Find(ConsoleOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Policy))
        {
            yield return "ConsoleOptions.Policy is not set, so nobody has said who may open the console. Name an authorization policy: "
                + "AddAuthorizationBuilder().AddPolicy(\"operators\", policy => policy.RequireRole(\"admin\")) and console.Policy = \"operators\".";
        }

        if (NameFault(options.Instance) is { } instance) yield return $"ConsoleOptions.Instance {instance}";
        if (NameFault(options.Release) is { } release) yield return $"ConsoleOptions.Release {release}";
        if (Outside(options.Refresh, 1, 60) is { } refresh) yield return $"ConsoleOptions.Refresh {refresh}";
        if (Outside(options.Patience, 0.1, 30) is { } patience) yield return $"ConsoleOptions.Patience {patience}";
    }

    private static string? NameFault(string? text) => string.IsNullOrWhiteSpace(text)
        ? "is empty: give it a name of 1 to 100 characters."
        : text.Length > LongestName ? $"has {text.Length} characters: give it a name of 1 to {LongestName}." : null;

    private static string? Outside(TimeSpan value, double least, double most) =>
        value.TotalSeconds >= least && value.TotalSeconds <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"is {value}: it must be {least} to {most} seconds.");
}
