using Microsoft.Extensions.Options;

namespace Roadworthy.Errors;

internal sealed class ErrorsOptionsValidator : IValidateOptions<ErrorsOptions>
{
    public const int SmallestRecord = 4_096;
    public const int LargestRecord = 1_048_576;
    public const int LargestQueue = 1_000_000;
    public const int ShortestKey = 3;

    public ValidateOptionsResult Validate(string? name, ErrorsOptions options)
    {
        var faults = new List<string>();
        if (!Enum.IsDefined(options.Format))
        {
            faults.Add($"ErrorsOptions.Format is {(int)options.Format}, which is no record format. Use Auto, Json or Readable.");
        }

        if (options.Output is { CanWrite: false })
        {
            faults.Add($"ErrorsOptions.Output is a {options.Output.GetType().Name} that can't be written to (closed, or opened for reading). " +
                "Give it a writable stream, or null for standard output.");
        }

        if (options.MaxRecordBytes is < SmallestRecord or > LargestRecord)
        {
            faults.Add($"ErrorsOptions.MaxRecordBytes is {options.MaxRecordBytes}. Set it from {SmallestRecord} to {LargestRecord} bytes.");
        }

        if (options.QueueCapacity is < 1 or > LargestQueue)
        {
            faults.Add($"ErrorsOptions.QueueCapacity is {options.QueueCapacity}. Set it from 1 to {LargestQueue} records.");
        }

        foreach (var key in options.SecretKeys)
        {
            if (key is null || key.Count(char.IsLetterOrDigit) < ShortestKey)
            {
                faults.Add($"ErrorsOptions.SecretKeys holds \"{key}\", which would mask nearly every name. " +
                    $"Use names of at least {ShortestKey} letters or digits.");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
