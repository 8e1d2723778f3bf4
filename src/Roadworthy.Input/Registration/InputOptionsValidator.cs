using Microsoft.Extensions.Options;

namespace Roadworthy.Input;

internal sealed class InputOptionsValidator : IValidateOptions<InputOptions>
{
    public const int LargestBody = 1_073_741_824;
    public const int MostMembers = 1_000_000;
    public const int MostErrors = 10_000;

    public ValidateOptionsResult Validate(string? name, InputOptions options)
    {
        var faults = new List<string>();
        Check(faults, nameof(InputOptions.MaxBodyBytes), options.MaxBodyBytes, LargestBody, "bytes");
        Check(faults, nameof(InputOptions.MaxMembers), options.MaxMembers, MostMembers, "members");
        Check(faults, nameof(InputOptions.MaxErrors), options.MaxErrors, MostErrors, "errors");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(List<string> faults, string name, int value, int most, string unit)
    {
        if (value < 1 || value > most) faults.Add($"InputOptions.{name} is {value}. Set it from 1 to {most} {unit}.");
    }
}
