using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Cli.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly Folder _folder = new();

    [Theory]
    [InlineData("inspect", "What starts the backend?")]
    [InlineData("inspect x --url http://127.0.0.1:1", "not both")]
    [InlineData("inspect --url http://example.com", "not on this machine")]
    [InlineData("inspect --url http://127.0.0.1:1", "--database-is-disposable")]
    [InlineData("inspect x --only RW520", "Did you mean 'RW250'?")]
    [InlineData("inspect x --budget soon", "Write 60s")]
    [InlineData("inspect x --env SECRETSECRET", "NAME=VALUE")]
    [InlineData("inspect x --account C:email=x", "is nobody whom")]
    [InlineData("inspect x --directory nowhere", "is not there")]
    [InlineData("inspect x --baseline none.json", "There is no baseline")]
    [InlineData("inspect x --config none.json", "There is no file")]
    [InlineData("inspect x --database postgres://localhost/shop", "--database-is-disposable")]
    [InlineData("inspect x --database postgres://db.example.com/shop --database-is-disposable", "is not this machine")]
    [InlineData("inspect x --format xml", "xml")]
    [InlineData("inspect x --nonsense", "--nonsense")]
    [InlineData("replay RW250-1", "There is no results.jsonl")]
    [InlineData("report nowhere", "There is no results.jsonl")]
    [InlineData("inspect --init", "says how a backend is started")]
    public async Task Wrong_use_ends_with_2_and_says_what_to_do(string line, string sentence)
    {
        var printed = await Printed.RunAsync(_folder.Path, line.Split(' '));
        Assert.Equal(2, printed.Code);
        Assert.Contains(sentence, printed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETSECRET", printed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_comes_from_a_file_is_shown_and_not_run_without_a_yes()
    {
        _folder.Write("roadworthy.json", """{ "command": "touch ran \u001b[31m" }""");
        var printed = await Printed.RunAsync(_folder.Path, "inspect");
        Assert.Equal(2, printed.Code);
        Assert.Contains("says to run: touch ran", printed.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", printed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', printed.Error);
        Assert.False(File.Exists(_folder["ran"]));
    }

    [Fact]
    public async Task So_is_what_brings_the_schema_up_also_where_the_backend_s_command_is_typed()
    {
        _folder.Write("roadworthy.json", """{ "migrate": "touch ran" }""");
        var printed = await Printed.RunAsync(_folder.Path, "inspect", "touch ran");
        Assert.Equal(2, printed.Code);
        Assert.Contains("says to run: touch ran", printed.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", printed.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["ran"]));
    }

    [Fact]
    public async Task Init_writes_what_it_would_run_and_runs_nothing()
    {
        _folder.Write("package.json", """{ "scripts": { "start": "touch ran", "migrate": "touch ran" } }""");
        var printed = await Printed.RunAsync(_folder.Path, "inspect", "--init");
        Assert.True(printed.Code == 0, printed.ToString());
        Assert.Contains("npm run migrate", printed.Output, StringComparison.Ordinal);
        Assert.Contains("\"command\": \"npm start\"", await File.ReadAllTextAsync(_folder["roadworthy.json"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["ran"]));
        Assert.Equal(2, (await Printed.RunAsync(_folder.Path, "inspect", "--init")).Code);
    }

    [Fact]
    public async Task The_reports_of_a_run_that_was_killed_are_made_from_its_journal()
    {
        var run = new RunFacts("shop", "npm start", "openapi.json", 1, 1, 1, default, 1, 1, "PostgreSQL 15", []);
        using (var journal = new Journal(_folder.Path, run))
        {
            journal.Add(RuleResult.Inconclusive(QueryRules.NPlusOne, "GET /a", "Not yet."));
            journal.Add(RuleResult.Of(QueryRules.NPlusOne, "GET /a", [new Finding { Rule = "RW250", Endpoint = "GET /a", Verdict = Verdict.Fail, Fingerprint = "x", Summary = "51 statements for 50 users.", Evidence = [new LogEvidence("Its output", [])] }]));
        }

        var printed = await Printed.RunAsync(_folder.Path, "report", ".");
        Assert.Equal(1, printed.Code);
        Assert.Contains("1 finding, 0 passed, stopped before its end", printed.Output, StringComparison.Ordinal);
        Assert.Contains("51 statements for 50 users.", await File.ReadAllTextAsync(_folder["report.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(5, ((string[])["report.html", "report.json", "junit.xml", "report.sarif", "summary.md"]).Count(name => File.Exists(_folder[name])));
    }

    [Fact]
    public async Task Help_names_every_command_and_ends_with_0()
    {
        var printed = await Printed.RunAsync(_folder.Path, "--help");
        Assert.Equal(0, printed.Code);
        Assert.All((string[])["inspect", "replay", "report", "demo"], name => Assert.Contains(name, printed.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
