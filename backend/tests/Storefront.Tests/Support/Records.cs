using System.Text.Json;

namespace Storefront.Tests.Support;

/// <summary>What to look for in what the backend has logged.</summary>
internal static class Records
{
    public static List<JsonElement> Errors(this RecordStream records) => [.. records.All.Where(record => record.Level() is "Error" or "Critical")];

    public static IEnumerable<JsonElement> Named(this RecordStream records, string eventName) =>
        records.All.Where(record => record.TryGetProperty("eventName", out var name) && string.Equals(name.GetString(), eventName, StringComparison.Ordinal));

    public static string Level(this JsonElement record) => record.GetProperty("level").GetString()!;
}
