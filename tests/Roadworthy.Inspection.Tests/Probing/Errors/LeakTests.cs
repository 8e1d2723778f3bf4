using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Errors;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Errors;

public sealed class LeakTests
{
    [Theory]
    [InlineData("0", Verdict.Advisory)]
    [InlineData("1", Verdict.Fail)]
    public async Task What_an_answer_shows_in_development_alone_is_no_leak(string always, Verdict verdict)
    {
        await NodePackages.RequireAsync();
        var report = await Inspected.ByAsync(Inspected.Shelves(("ALWAYS", always)), new ErrorProbe());
        var shown = report.Results.Where(result => result.Rule == ErrorRules.Leak.Id).SelectMany(result => result.Findings).ToList();
        Assert.NotEmpty(shown);
        Assert.All(shown, finding => Assert.Equal(verdict, finding.Verdict));
    }

    [Theory]
    [InlineData("Traceback (most recent call last):\n  File \"app/db.py\", line 18, in get\nQueryCanceledError: roadworthy", true)]
    [InlineData("""{"error":"canceling statement due to statement timeout"}""", false)]
    public void A_stack_is_seen_also_where_the_databases_own_words_are_its_last_line(string text, bool hasStack) => Assert.Equal(hasStack, Inside.HasStack(text));

    [Fact]
    public void A_mode_that_its_user_chose_stays()
    {
        var told = new Dictionary<string, string> { ["NODE_ENV"] = "development", ["APP_ENV"] = "dev", ["ASPNETCORE_ENVIRONMENT"] = "Development", ["DEBUG"] = "true" };
        Assert.True(BackendMode.SaysDevelopment(told));
        var serves = BackendMode.InProduction(told, new Dictionary<string, string> { ["APP_ENV"] = "dev" });
        Assert.Equal(("production", "dev", "Production", "false"), (serves["NODE_ENV"], serves["APP_ENV"], serves["ASPNETCORE_ENVIRONMENT"], serves["DEBUG"]));
        Assert.False(serves.ContainsKey("RAILS_ENV"));
    }
}
