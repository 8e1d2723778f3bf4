using FirstDraft.Tests.Support;
using Roadworthy.Testing;

namespace FirstDraft.Tests.Mended;

public sealed class OwnTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task The_node_drafts_own_unit_tests_pass_on_both_builds(string mended)
    {
        await NodePackages.RequireAsync();
        await using var tests = ServerProcess.Start(
            "node", ["--test", .. Directory.EnumerateFiles(Path.Combine(Draft.Node.Folder, "test"), "*.test.mjs", SearchOption.AllDirectories)],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["MENDED"] = mended });
        var failed = await tests.WaitForOutputAsync(@"fail (\d+)", TestContext.Current.CancellationToken);
        Assert.True(failed.Groups[1].Value == "0", tests.Output);
    }
}
