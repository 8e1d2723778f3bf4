using System.Text.Json.Nodes;
using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Cli.Tests.Commands;

/// <summary>The whole chain on a real PostgreSQL, with a probe that takes the word "broken" for a finding.</summary>
[Trait("Category", "Long")]
public sealed class InspectTests : IDisposable
{
    private const string Hostile = """broken </script><img src=x onerror=alert(1)> password=hush-hush-hush-1 Bearer abcdefabcdef0123456789""";

    private readonly Folder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_found_is_reported_in_every_form_repeated_and_known_once_it_is_in_the_baseline()
    {
        var first = await InspectAsync("--env", $"SAYS={Hostile}\u001b[31m\u202e", "--env", "SHOP_SECRET=hush-hush-hush-2", "--update-baseline");
        Assert.True(first.Code == 0, first.ToString());
        Assert.Contains("RW150", first.Output, StringComparison.Ordinal);
        Assert.Contains("GET /said", first.Error, StringComparison.Ordinal);
        await HarmlessAsync(first);

        var report = JsonNode.Parse(await File.ReadAllTextAsync(_folder["out/report.json"], Ct))!;
        var id = report["findings"]![0]!["id"]!.GetValue<string>();
        Assert.Contains(id, await File.ReadAllTextAsync(_folder["roadworthy-baseline.json"], Ct), StringComparison.Ordinal);

        // A replay asks for what was not kept.
        var asks = await Printed.RunAsync(_folder.Path, "replay", id, "-o", "out", "--yes", "--env", $"SAYS={Hostile}");
        Assert.Equal(2, asks.Code);
        Assert.Contains("--env SHOP_SECRET=VALUE", asks.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean", (await Printed.RunAsync(_folder.Path, "replay", id[..^1] + "_", "-o", "out")).Error, StringComparison.Ordinal);

        var failed = await Printed.RunAsync(_folder.Path, "replay", id, "-o", "out", "--yes", "--env", "SHOP_SECRET=x", "--env", $"SAYS={Hostile}");
        Assert.True(failed.Code == 1 && failed.Output.StartsWith($"failed: {id} GET /said", StringComparison.Ordinal), failed.ToString());
        var mended = await Printed.RunAsync(_folder.Path, "replay", id, "-o", "out", "--yes", "--env", "SHOP_SECRET=x", "--env", "SAYS=\"well\"");
        Assert.True(mended.Code == 0 && mended.Output.StartsWith($"fixed: {id}", StringComparison.Ordinal), mended.ToString());

        var known = await InspectAsync("--baseline", "roadworthy-baseline.json", "--format", "json");
        Assert.True(known.Code == 0, known.ToString());
        Assert.Equal(id, JsonNode.Parse(known.Output)!["known"]![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Exit_code_and_summary_say_what_came_of_it()
    {
        _folder.Write("roadworthy.json", $$"""{ "command": "node server.js", "directory": "{{Folder.Fixture("plain-backend")}}", "output": "out" }""");
        var shell = new Dictionary<string, string>(StringComparer.Ordinal) { ["GITHUB_STEP_SUMMARY"] = _folder["summary"] };
        var found = await Printed.RunAsync(_folder.Path, shell, "inspect", "--yes", "--only", "RW150");
        Assert.True(found.Code == 1, found.ToString());
        Assert.Contains("1 finding", await File.ReadAllTextAsync(_folder["summary"], Ct), StringComparison.Ordinal);
        var clean = await Printed.RunAsync(_folder.Path, "inspect", "--yes", "--endpoint", "GET /fine", "--skip", "RW550");
        Assert.True(clean.Code == 0, clean.ToString());
        Assert.Equal(3, (await Printed.RunAsync(_folder.Path, "inspect", "--yes", "--only", "RW250")).Code);
    }

    [Fact]
    public async Task A_backend_that_does_not_come_up_is_told_with_what_it_wrote()
    {
        var printed = await Printed.RunAsync(_folder.Path, "inspect", "echo it is the port; exit 4");
        Assert.Equal(2, printed.Code);
        Assert.Contains("ended with 4", printed.Error, StringComparison.Ordinal);
        Assert.Contains("it is the port", printed.Error, StringComparison.Ordinal);
    }

    private Task<Printed> InspectAsync(params string[] more) =>
        Printed.RunAsync(_folder.Path, ["inspect", "node server.js", "--directory", Folder.Fixture("plain-backend"), "-o", "out", .. more]);

    private async Task HarmlessAsync(Printed printed)
    {
        var files = Directory.GetFiles(_folder["out"]);
        Assert.Contains(_folder[$"out/{Journal.FileName}"], files);
        var texts = await Task.WhenAll(files.Select(file => File.ReadAllTextAsync(file, Ct)));
        Assert.All([printed.Output, printed.Error, .. texts], text =>
        {
            Assert.DoesNotContain("hush-hush-hush", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', text);
            Assert.DoesNotContain('\u202e', text);
        });
        Assert.DoesNotContain("<img", await File.ReadAllTextAsync(_folder["out/report.html"], Ct), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
