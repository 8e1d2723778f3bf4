using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Access;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Access;

public sealed class AccessProbeTests
{
    [Fact]
    public async Task What_others_may_see_and_change_is_found_and_what_is_shared_filtered_or_guarded_is_not()
    {
        Inspected.RequirePython();
        var report = await Inspected.ByAsync(Inspected.Desk, new AccessProbe());
        Assert.Equal(
            ["RW550 GET /notes/{id}", "RW551 PUT /notes/{id}", "RW552 POST /drafts", "RW553 GET /profile", "RW554 DELETE /files/{id}", "RW554 GET /board (advisory)", "RW554 GET /outbox"],
            report.Found());
        string Reason(string rule, string endpoint) => report.Results.Single(result => result.Rule == rule && result.Endpoint == endpoint).Reason;
        Assert.Equal("It is shared: the list shows it to others too.", Reason("RW550", "GET /posts/{id}"));
        Assert.Equal("It is shared: the list shows it to others too.", Reason("RW551", "POST /posts/{id}/likes"));
        Assert.Equal("Another user is answered, and sees nothing of it.", Reason("RW550", "GET /drafts/{id}/card"));
        Assert.Equal("Another user is answered 404.", Reason("RW551", "DELETE /notes/{id}"));
        Assert.Equal("An owner in the body is ignored.", Reason("RW552", "POST /notes"));
        // The hash itself stands nowhere.
        Assert.DoesNotContain(report.Results.SelectMany(result => result.Findings).SelectMany(finding => finding.Evidence).OfType<ExchangeEvidence>(), evidence => evidence.Response.Contains("pbkdf2_sha256$1$", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0", "RW551 PATCH /account, RW552 POST /auth/register")]
    [InlineData("1", "")]
    public async Task Whoever_signs_up_as_an_administrator_or_says_that_an_account_is_theirs_and_is_believed_is_found(string guarded, string found)
    {
        await NodePackages.RequireAsync();
        var report = await Inspected.ByAsync(Inspected.Shelves(("GUARDED", guarded)), new AccessProbe());
        Assert.Equal(found, string.Join(", ", report.Found()));
    }

    [Fact]
    public async Task A_finding_can_be_repeated_and_one_that_is_not_there_is_told_as_mended()
    {
        Inspected.RequirePython();
        var found = await Inspected.ReplayAsync(Inspected.Desk, "access [\"RW550\",\"GET /notes/{id}\"]", new AccessProbe());
        Assert.True(found.IsFound, found.Text);
        var mended = await Inspected.ReplayAsync(Inspected.Desk, "access [\"RW550\",\"GET /drafts/{id}\"]", new AccessProbe());
        Assert.False(mended.IsFound, mended.Text);
    }
}
