using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Probing.Errors;

namespace Roadworthy.Inspection.Tests.Probing.Errors;

/// <summary>What is no proof that a request leaves half of its work.</summary>
public sealed class HalfWriteTests
{
    private static readonly Table Orders = new("public", "orders");
    private static readonly ApiOperation Operation = new() { Method = "POST", Path = "/orders" };
    private readonly ProbeResults _results = new(_ => { });

    [Fact]
    public async Task What_is_left_by_whom_no_answer_came_from_may_be_all_of_it()
    {
        var tried = 0;
        await JudgeAsync(() => Of(0, isLeft: true), () => tried++);
        var result = Assert.Single(_results.All);
        Assert.Equal((Verdict.Inconclusive, ErrorRules.PoisonRow.Id, 1), (result.Verdict, result.Rule, tried));
    }

    [Fact]
    public async Task What_is_left_once_and_not_again_is_no_half_of_anything()
    {
        var tried = 0;
        await JudgeAsync(() => Of(500, isLeft: tried == 1), () => tried++);
        Assert.Equal(2, tried);
        Assert.Empty(_results.All);
    }

    private Task JudgeAsync(Func<Trial> trial, Action count)
    {
        var context = new ProbeContext { Setup = null!, Wire = null!, Statements = null!, Database = "", Results = _results, Clock = null!, Noise = null!, Scrubber = null!, Seed = 1 };
        var call = new Call { Operation = Operation };
        var target = new Target(new KnownCall(Operation, new Identity { Name = "A" }, call, IsAuth: false), Of(201, isLeft: true));
        return new HalfWrites(context, null!, null!, []).JudgeAsync(target, "its last write fails", () =>
        {
            count();
            return Task.FromResult(trial());
        });
    }

    private static Trial Of(int status, bool isLeft)
    {
        var response = status == 0 ? null : new WireResponse(status, [], [], Truncated: false);
        var exchange = new Exchange { Identity = "A", Request = new WireRequest("POST", "/orders", []), Response = response, StartedAt = 0, EndedAt = 0 };
        return new Trial(exchange, [], isLeft ? new StateDelta([new TableDelta(Orders, [["1"]], [])]) : StateDelta.None, Died: false);
    }
}
