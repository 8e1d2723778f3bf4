using Roadworthy.Cli.Rendering;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;

namespace Roadworthy.Cli.Tests.Rendering;

public sealed class ProgressViewTests
{
    private const string Said = "[red]x[/] [ \u001b[2K\u202e \u0007";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_backend_says_is_shown_and_neither_obeyed_nor_taken_for_markup(bool isInteractive)
    {
        var error = new StringWriter();
        var view = new ProgressView(error, isInteractive);
        var finding = new Finding { Rule = "RW250", Endpoint = "GET /a", Verdict = Verdict.Fail, Fingerprint = "x", Summary = Said, Evidence = [new LogEvidence("Its output", [])] };
        var result = await view.ShowAsync(() =>
        {
            view.Doing(Said);
            view.Timed(new ProbeClock(TimeSpan.FromMinutes(1)));
            view.Found(RuleResult.Of(QueryRules.NPlusOne, "GET /a", [finding]));
            // Told again when another joins it, and shown once.
            view.Found(RuleResult.Of(QueryRules.NPlusOne, "GET /a", [finding]));
            return Task.FromResult(7);
        });

        Assert.Equal(7, result);
        var text = error.ToString();
        Assert.Equal(2, text.Split("GET /a: [red]x[/] [").Length);
        Assert.Contains("s left", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', text);
        Assert.DoesNotContain('\u0007', text);
        Assert.DoesNotContain("\u001b[2K\u202e", text, StringComparison.Ordinal);
    }
}
