using Microsoft.AspNetCore.Http;
using Roadworthy.Queries;

namespace Roadworthy.Console.Requests;

/// <summary>Which requests a page shows, as its address says. What the address says wrongly is as if it were not said.</summary>
internal sealed record RequestFilter(bool Slowest, string Route, int StatusClass, bool NPlusOneOnly)
{
    private const int MostLatest = 200;
    private const int MostSlowest = 50;

    public static RequestFilter Read(IQueryCollection query)
    {
        var route = query["route"].ToString();
        return new(
            query["by"] == "slowest",
            route.Length > 200 ? route[..200] : route,
            query["status"].ToString() is [>= '2' and <= '5' and var digit] ? digit - '0' : 0,
            query["n1"] == "1");
    }

    /// <summary>The query string that says the same.</summary>
    public string Address => QueryString.Create(
        new (string Name, string? Value)[] { ("by", Slowest ? "slowest" : null), ("route", Route), ("status", StatusClass > 0 ? $"{StatusClass}" : null), ("n1", NPlusOneOnly ? "1" : null) }
            .Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Name, pair.Value))).ToUriComponent();

    public bool IsNarrow => Route.Length > 0 || StatusClass > 0 || NPlusOneOnly;

    public IReadOnlyList<RequestTrace> Of(RequestHistory history) =>
        [.. (Slowest ? history.Slowest(MostSlowest) : history.Latest(MostLatest)).Where(Takes)];

    private bool Takes(RequestTrace trace) =>
        (Route.Length == 0 || $"{trace.Method} {trace.Route}".Contains(Route, StringComparison.OrdinalIgnoreCase))
        && (StatusClass == 0 || trace.Status / 100 == StatusClass)
        && (!NPlusOneOnly || trace.Repeats.Any(repeat => repeat.IsNPlusOne));
}
