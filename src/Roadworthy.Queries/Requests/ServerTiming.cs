using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Requests;

/// <summary>The header that browsers' developer tools show (https://www.w3.org/TR/server-timing/): what was sent until the answer began.</summary>
internal static class ServerTiming
{
    private const string Header = "Server-Timing";
    private const int MostRepeats = 5;

    public static void Write(HttpResponse response, Recorder recorder, int threshold)
    {
        var milliseconds = recorder.Ticks * 1_000.0 / Stopwatch.Frequency;
        response.Headers.Append(Header, string.Create(
            CultureInfo.InvariantCulture, $"db;dur={milliseconds:0.0};desc=\"{recorder.Statements} statements in {recorder.RoundTrips} round trips\""));
        if (!recorder.HasRepeats) return;
        foreach (var tally in recorder.Repeated().Where(tally => tally.IsNPlusOne(threshold)).Take(MostRepeats))
        {
            var place = tally.Place is { } site ? site.Line ?? site.Method : RepeatedStatement.UnknownPlace;
            response.Headers.Append(Header, string.Create(
                CultureInfo.InvariantCulture, $"n-plus-one;dur={tally.Ticks * 1_000.0 / Stopwatch.Frequency:0.0};desc=\"{tally.Count} x at {Quoted(place)}\""));
        }
    }

    // Names of files and methods may hold any character; a header may not.
    private static string Quoted(string text) => string.Concat(text.Select(c => c is < ' ' or > '~' or '"' or '\\' ? '?' : c));
}
