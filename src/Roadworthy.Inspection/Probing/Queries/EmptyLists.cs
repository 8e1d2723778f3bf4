using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>
/// Makes a list show something that shows nothing: a list that stays empty at every size of the data tells nothing of its statements. A filter that was made up
/// goes, where it is not needed; else an item is made through the API, since data grows from the rows that are there, and beside them.
/// </summary>
internal static class EmptyLists
{
    public static async Task FillAsync(ProbeContext context, Readings readings, Exchange shown, CancellationToken ct)
    {
        if (readings.Operation.Method != "GET" || AnswerShape.Of(shown.Response?.Json) is not { Arrays.Count: > 0 } shape || shape.Arrays.Values.Sum() > 0) return;
        if (readings.Call.Query.Count > 0 && await UnfilteredAsync(context, readings, ct) is { } unfiltered)
        {
            readings.Use(unfiltered);
            return;
        }

        if (Maker(context, readings.Operation) is not { } maker || Who(context, maker, readings.Identity) is not { } who) return;
        if (context.Setup.Driver.Build(maker, who) is not { } call) return;
        foreach (var (name, value) in readings.Call.Path)
            if (call.Path.ContainsKey(name)) call.Path[name] = value;
        await context.Setup.Driver.SendAsync(context.Setup.Survey.Shaped(call), who, ct);
    }

    /// <summary>The same without a query, which some describe as needed although it is not; null where that shows nothing either.</summary>
    private static async Task<Call?> UnfilteredAsync(ProbeContext context, Readings readings, CancellationToken ct)
    {
        var call = readings.Call.Copy();
        call.Query.Clear();
        var shown = await context.Setup.Driver.SendAsync(call, readings.Identity, ct);
        return Success.Is(shown) && AnswerShape.Of(shown.Response!.Json).Arrays.Values.Sum() > 0 ? call : null;
    }

    private static ApiOperation? Maker(ProbeContext context, ApiOperation list) =>
        context.Setup.Description.Operations.FirstOrDefault(each => each.Method == "POST" && each.Path.TrimEnd('/') == list.Path.TrimEnd('/') && !AuthShapes.IsDangerous(each));

    /// <summary>Whoever the list is shown to, for it may show their own only.</summary>
    private static Identity? Who(ProbeContext context, ApiOperation maker, Identity reader) =>
        context.Setup.Survey.Of(maker, reader) is { Succeeded: true } ? reader : context.WhoCan(maker);
}
