using System.Globalization;
using Microsoft.AspNetCore.Http;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Requests;

/// <summary>Says what is wrong with a request's statements.</summary>
internal static class Judge
{
    // Ten rows an item are a list with its details; a thousand rows are nothing, whatever they are for.
    private const int MostRowsPerItem = 10;
    private const int FewRows = 1_000;

    public static List<Found> Find(Recorder recorder, Endpoint? endpoint, string method, QueriesOptions options)
    {
        if (recorder.RoundTrips == 0) return [];
        var found = new List<Found>();
        if (recorder.HasRepeats) found.AddRange(recorder.Repeated().Where(tally => tally.RoundTrips >= options.RepeatThreshold).Select(tally => Repeat(tally, options)));
        if (Budget(endpoint) is { } budget && recorder.Statements > budget && !recorder.HasFailures)
            found.Add(new(QueryFindingKind.BudgetExceeded, Text($"{recorder.Statements} statements, over the budget of {budget}")) { Amount = recorder.Statements, Other = budget });
        if (recorder.Write is { } write && IsSafe(method) && endpoint?.Metadata.GetMetadata<WritesAllowedMetadata>() is null)
            found.Add(Found.Of(QueryFindingKind.WriteInGet, $"A {method} writes: {write.Text}", write, 1));
        foreach (var slow in recorder.Slow)
        {
            var what = slow.Statements == 1 ? "A statement" : $"A batch of {slow.Statements} statements";
            found.Add(Found.Of(
                QueryFindingKind.SlowStatement, Text($"{what} took {slow.Took.TotalMilliseconds:0} ms: {slow.First.Text}"), slow.First,
                (long)slow.Took.TotalMilliseconds, (long)options.SlowStatement.TotalMilliseconds));
        }

        if (recorder is { RowsRead: { } rows and > FewRows, ItemsReturned: { } items } && rows > (long)items * MostRowsPerItem)
            found.Add(new(QueryFindingKind.RowsOverread, Text($"{rows} rows were read for {items} items")) { Amount = rows, Other = items });
        return found;
    }

    public static int? Budget(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<QueryBudgetMetadata>()?.Statements;

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private static Found Repeat(Tally tally, QueriesOptions options)
    {
        var place = tally.Place is { } site ? site.Line ?? site.Method : RepeatedStatement.UnknownPlace;
        var (kind, values) = tally switch
        {
            _ when tally.IsNPlusOne(options.RepeatThreshold) => (QueryFindingKind.NPlusOne, $"with {tally.DifferentValues} different values"),
            { DifferentValues: null } => (QueryFindingKind.RepeatedStatement, "with values that are not known (call UseRoadworthyQueries on its data source)"),
            { DifferentValues: 1 } => (QueryFindingKind.RepeatedStatement, "with the same values"),
            _ => (QueryFindingKind.RepeatedStatement, $"with {tally.DifferentValues} different lists of values"),
        };
        var name = kind == QueryFindingKind.NPlusOne ? "N+1" : "Repeated";
        var text = Text($"{name}: one statement {tally.Count} times {values}, from {place}: {tally.Fingerprint.Text}");
        return Found.Of(kind, text, tally.Fingerprint, tally.Count, tally.DifferentValues) with { Place = place };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
