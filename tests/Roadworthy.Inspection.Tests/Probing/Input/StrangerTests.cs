using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Input;

public sealed class StrangerTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task What_fails_at_every_request_for_its_own_code_is_found(string broken)
    {
        await NodePackages.RequireAsync();
        var report = await Inspected.ByAsync(Inspected.Shelves(("GUARDED", "1"), ("BROKEN", broken)), new InputProbe());
        var found = report.Results.SelectMany(result => result.Findings).Where(finding => finding.Summary.StartsWith("every request, as described", StringComparison.Ordinal)).Select(finding => $"{finding.Rule} {finding.Endpoint} {finding.Verdict}");
        Assert.Equal(broken == "0" ? [] : ["RW150 DELETE /shelf/remove/{id} Fail", "RW150 GET /shelf/list Fail"], found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("1", false)]
    public async Task A_log_in_that_fails_for_whom_nobody_knows_is_found(string guarded, bool isFound)
    {
        await NodePackages.RequireAsync();
        var report = await Inspected.ByAsync(Inspected.Shelves(("GUARDED", guarded)), new InputProbe());
        var found = report.Results.Where(result => result.Rule == InputRules.ServerError.Id && result.Endpoint == "POST /auth/login").SelectMany(result => result.Findings).Select(finding => finding.Summary);
        Assert.Equal(isFound, found.Any(summary => summary.StartsWith("email as somebody whom nobody knows", StringComparison.Ordinal)));
    }
}
