using System.Globalization;
using Microsoft.Extensions.Options;

namespace Roadworthy.Idempotency.Registration;

/// <summary>Every fault of the options at once, when the application starts.</summary>
internal sealed class IdempotencyOptionsValidator : IValidateOptions<IdempotencyOptions>
{
    private const int LeastBytes = 1024;
    private const int MostBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, IdempotencyOptions options)
    {
        var faults = Find(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Find(IdempotencyOptions options)
    {
        if (options.Lifetime < Shortest || options.Lifetime > Longest)
            yield return string.Create(CultureInfo.InvariantCulture, $"IdempotencyOptions.Lifetime is {options.Lifetime}: it must be {Shortest} to {Longest}.");
        if (options.MaxAnswerBytes is < LeastBytes or > MostBytes)
            yield return string.Create(CultureInfo.InvariantCulture, $"IdempotencyOptions.MaxAnswerBytes is {options.MaxAnswerBytes}: it must be {LeastBytes} to {MostBytes}.");
        if (options.User is null) yield return "IdempotencyOptions.User is null: say who asks, or leave it as it is.";
    }
}
