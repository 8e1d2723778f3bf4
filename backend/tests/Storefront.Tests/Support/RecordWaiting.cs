using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Storefront.Tests.Support;

/// <summary>Records of requests, which are written after the client has its answer.</summary>
internal static class RecordWaiting
{
    private const string Flush = "Storefront.Tests.Flush";

    /// <summary>The record of the one request to this path, as soon as there is one.</summary>
    public static async Task<JsonElement> RequestRecordAsync(this StorefrontHost host, string path)
    {
        for (var end = DateTime.UtcNow.AddSeconds(30); DateTime.UtcNow < end;)
        {
            if (Find(host, path) is { } record) return record;
            // Takes longer than what is left of the request before.
            await host.Anonymous.GetAsync("/health/live");
        }

        throw new TimeoutException($"No request to {path} was recorded:\n{host.Records.Text}");
    }

    /// <summary>The records so far, with those that were queued.</summary>
    public static List<JsonElement> FlushedRecords(this StorefrontHost host)
    {
        // An error is written at once, behind all that was waiting.
        host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Flush).LogError("Flush");
        return [.. host.Records.All.Where(record => record.GetProperty("category").GetString() is not Flush)];
    }

    private static JsonElement? Find(StorefrontHost host, string path)
    {
        foreach (var record in host.FlushedRecords())
        {
            if (record.GetProperty("category").GetString() is "Storefront.Requests"
                && string.Equals(record.GetProperty("state").GetProperty("Path").GetString(), path, StringComparison.Ordinal)) return record;
        }

        return null;
    }
}
