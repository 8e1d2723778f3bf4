using System.Diagnostics;
using Npgsql;
using Roadworthy.Queries.Places;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Tests.Recording;

public sealed class RecorderTests
{
    private static readonly CallSite WithoutLine = new(null, "Orders.ListAsync", MayTellMore: true);
    private static readonly CallSite WithLine = new("Orders.cs:41", "Orders.ListAsync");

    [Fact]
    public void A_place_whose_line_the_runtime_did_not_know_is_looked_for_again() => Assert.Equal((WithLine, 2), Repeated(WithoutLine, WithLine));

    [Fact]
    public void Where_it_never_knows_the_method_is_told_and_the_looks_are_few() => Assert.Equal((WithoutLine, 3), Repeated(WithoutLine));

    [Fact]
    public void What_has_a_line_or_no_symbols_is_looked_for_once()
    {
        var final = new CallSite(null, "Library.ListAsync");
        Assert.Equal((WithLine, 1), Repeated(WithLine, WithoutLine));
        Assert.Equal((final, 1), Repeated(final, WithLine));
    }

    /// <summary>One statement ten times, each look at the stack seeing the next of these, and then the last.</summary>
    private static (CallSite? Place, int Looks) Repeated(params CallSite[] seen)
    {
        var looks = 0;
        var recorder = new Recorder(keepsSpans: false, TimeSpan.Zero, _ => seen[Math.Min(looks++, seen.Length - 1)]);
        for (var n = 0; n < 10; n++)
        {
            using var activity = new Activity("query").Start();
            using var command = new NpgsqlCommand("SELECT id FROM orders WHERE user_id = $1") { Parameters = { new() { Value = n } } };
            recorder.Begin(activity, command);
            recorder.End(activity);
        }

        return (Assert.Single(recorder.Repeated()).Place, looks);
    }
}
