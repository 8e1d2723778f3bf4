using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Roadworthy.Errors.Tracking;

/// <summary>Every fault of the options at once, when the application starts.</summary>
internal sealed class ErrorTrackingOptionsValidator : IValidateOptions<ErrorTrackingOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    public ValidateOptionsResult Validate(string? name, ErrorTrackingOptions options)
    {
        var faults = Find(options).OfType<string>().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string?> Find(ErrorTrackingOptions options)
    {
        yield return ConnectionFault(options.ConnectionString);
        yield return Outside(nameof(options.MaxSpoolBytes), options.MaxSpoolBytes, 1_048_576L, 17_179_869_184L);
        yield return Outside(nameof(options.EventRetention), options.EventRetention, TimeSpan.FromHours(1), Longest);
        yield return Outside(nameof(options.GroupRetention), options.GroupRetention, options.EventRetention, Longest);
        yield return Outside(nameof(options.MaxEventsPerGroup), options.MaxEventsPerGroup, 100, 1_000_000);
        yield return Outside(nameof(options.MaxGroups), options.MaxGroups, 10, 100_000);
        foreach (var (property, value) in new[] { (nameof(options.Release), options.Release), (nameof(options.Instance), options.Instance), (nameof(options.SpoolFolder), options.SpoolFolder) })
        {
            yield return value is not null && string.IsNullOrWhiteSpace(value) ? $"ErrorTrackingOptions.{property} is empty: give it a value, or leave it null." : null;
        }

        foreach (var name in options.OwnNamespaces.Concat(options.LibraryNamespaces))
        {
            yield return string.IsNullOrWhiteSpace(name) ? "ErrorTrackingOptions.OwnNamespaces or LibraryNamespaces holds an empty name, which would be every one." : null;
        }
    }

    private static string? ConnectionFault(string? connection)
    {
        if (string.IsNullOrWhiteSpace(connection))
        {
            return "ErrorTrackingOptions.ConnectionString is empty: name the database of the error groups, such as 'Host=db;Database=shop;Username=shop;Password=...'.";
        }

        try
        {
            _ = new NpgsqlConnectionStringBuilder(connection);
            return null;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            // Its message may quote the value, a password among them.
            return "ErrorTrackingOptions.ConnectionString is no connection string of Npgsql: pairs of name=value with semicolons between them.";
        }
    }

    private static string? Outside<T>(string name, T value, T least, T most)
        where T : IComparable<T>, IFormattable =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"ErrorTrackingOptions.{name} is {value}: it must be {least} to {most}.");
}
