using FirstDraft.Tests.Support;
using Roadworthy.Testing;

namespace FirstDraft.Tests.Mended;

public sealed class OwnTests
{
    [Fact]
    public async Task The_node_drafts_own_unit_tests_of_both_builds_pass()
    {
        await NodePackages.RequireAsync();
        await using var tests = ServerProcess.Start(
            "node", ["--test", .. Directory.EnumerateFiles(Path.Combine(Draft.Node.Folder, "test"), "*.test.mjs", SearchOption.AllDirectories)]);
        var failed = await tests.WaitForOutputAsync(@"fail (\d+)", TestContext.Current.CancellationToken);
        Assert.True(failed.Groups[1].Value == "0", tests.Output);
    }
}
