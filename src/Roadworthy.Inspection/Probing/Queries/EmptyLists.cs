using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Queries;

/// <summary>
/// Gives a list that shows nothing an item of its own, through the API: data grows from the rows that are there, and beside whose rows. A list under a thing
/// that nothing hangs under (any more) would stay empty at every size, and tell nothing of its statements.
/// </summary>
internal static class EmptyLists
{
    public static async Task FillAsync(ProbeContext context, Readings readings, Exchange shown, CancellationToken ct)
    {
        if (readings.Operation.Method != "GET" || AnswerShape.Of(shown.Response?.Json) is not { Arrays.Count: > 0 } shape || shape.Arrays.Values.Sum() > 0) return;
        if (Maker(context, readings.Operation) is not { } maker || Who(context, maker, readings.Identity) is not { } who) return;
        if (context.Setup.Driver.Build(maker, who) is not { } call) return;
        foreach (var (name, value) in readings.Call.Path)
            if (call.Path.ContainsKey(name)) call.Path[name] = value;
        await context.Setup.Driver.SendAsync(context.Setup.Survey.Shaped(call), who, ct);
    }

    private static ApiOperation? Maker(ProbeContext context, ApiOperation list) =>
        context.Setup.Description.Operations.FirstOrDefault(each => each.Method == "POST" && each.Path.TrimEnd('/') == list.Path.TrimEnd('/') && !AuthShapes.IsDangerous(each));

    /// <summary>Whoever the list is shown to, for it may show their own only.</summary>
    private static Identity? Who(ProbeContext context, ApiOperation maker, Identity reader) =>
        context.Setup.Survey.Of(maker, reader) is { Succeeded: true } ? reader : context.WhoCan(maker);
}
