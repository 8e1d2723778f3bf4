using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Access;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Probing.Races;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing;

/// <summary>Endpoints that end a session or change a password, where no row brings back what has ended.</summary>
public sealed class EndedSessionTests(Database databases)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST /logout")]
    [InlineData("POST /password")]
    public async Task Whoever_was_signed_out_by_a_trial_is_signed_in_for_the_next(string endpoint)
    {
        await using var room = await Cloakroom.OpenAsync(databases, endsAnybodys: false, Token);
        await new InputProbe().RunAsync(room.Context, Token);
        foreach (var rule in (Rule[])[InputRules.ServerError, InputRules.OutOfRange]) Assert.NotEqual(Verdict.Inconclusive, room.Result(rule, endpoint).Verdict);
        Assert.DoesNotContain(room.Context.Results.All, result => result.Reason.Contains("401", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_s_own_session_can_be_ended_and_another_s_can_t_where_the_backend_looks_whose_it_is()
    {
        await using var room = await Cloakroom.OpenAsync(databases, endsAnybodys: false, Token);
        await new AccessProbe().RunAsync(room.Context, Token);
        Assert.Equal((Verdict.Pass, "Another user is answered 404."), (room.Result(AccessRules.OthersWritten, "DELETE /sessions/{id}").Verdict, room.Result(AccessRules.OthersWritten, "DELETE /sessions/{id}").Reason));
    }

    [Fact]
    public async Task Who_can_end_anybody_s_session_by_its_id_is_found()
    {
        await using var room = await Cloakroom.OpenAsync(databases, endsAnybodys: true, Token);
        await new AccessProbe().RunAsync(room.Context, Token);
        Assert.Equal(["Fail DELETE /sessions/{id}"], room.Found(AccessRules.OthersWritten));
    }

    [Fact]
    public async Task What_can_t_be_done_twice_from_the_same_state_is_no_race_and_says_why()
    {
        await using var room = await Cloakroom.OpenAsync(databases, endsAnybodys: false, Token);
        await new RaceProbe().RunAsync(room.Context, Token);
        Assert.Empty(room.Context.Results.All.SelectMany(result => result.Findings));
        foreach (var endpoint in (string[])["POST /logout", "POST /password"]) Assert.Contains("kept elsewhere than in the database too", room.Result(RaceRules.LostUpdate, endpoint).Reason, StringComparison.Ordinal);
    }
}
