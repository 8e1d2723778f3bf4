using Microsoft.Extensions.Options;

namespace Roadworthy.Errors.Sentry;

internal sealed class SentryFeedOptionsValidator : IValidateOptions<SentryFeedOptions>
{
    public ValidateOptionsResult Validate(string? name, SentryFeedOptions options)
    {
        var faults = new List<string>();
        if (!IsDsn(options.Dsn))
        {
            // Without its value: the key in it is one's own.
            faults.Add("SentryFeedOptions.Dsn is no DSN: set it as the project's settings show it, https://key@host/number.");
        }

        if (options.Environment is not null && string.IsNullOrWhiteSpace(options.Environment))
        {
            faults.Add("SentryFeedOptions.Environment is empty: give it a value, or leave it null.");
        }

        if (options.MaxWaiting is < 1 or > 10_000)
        {
            faults.Add($"SentryFeedOptions.MaxWaiting is {options.MaxWaiting}. Set it from 1 to 10000 errors.");
        }

        if (options.FlushTimeout < TimeSpan.Zero || options.FlushTimeout > TimeSpan.FromMinutes(1))
        {
            faults.Add($"SentryFeedOptions.FlushTimeout is {options.FlushTimeout}. Set it from 00:00:00 to 00:01:00.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsDsn(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length > 0 && uri.AbsolutePath.Trim('/').Length > 0;
}
