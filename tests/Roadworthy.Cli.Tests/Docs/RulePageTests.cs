using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Cli.Tests.Docs;

public sealed class RulePageTests
{
    private static readonly string Pages = Path.Combine(Folder.Root, "docs", "rules");

    private static readonly string[] Sections = ["## Why it survives tests", "## What breaks, and what holds", "## How it is found", "## Living with it"];

    public static TheoryData<string> Rules => [.. RuleCatalogue.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_a_page_of_its_own_that_says_what_the_rule_says(string id)
    {
        var (rule, page) = (RuleCatalogue.Get(id), File.ReadAllText(Path.Combine(Pages, $"{id}.md")));
        Assert.StartsWith($"# {id}: {rule.Title}\n\n*{rule.Hazard.ToString().ToLowerInvariant()}, {rule.Severity.ToString().ToLowerInvariant()}*\n", page, StringComparison.Ordinal);
        Assert.Contains(rule.Remedy, page.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.All(Sections, section => Assert.Contains($"\n{section}\n", page, StringComparison.Ordinal));
        // What breaks and what holds, in two stacks.
        Assert.True(page.Split("```").Length >= 9, "Four examples are wanted.");
        Assert.Contains($"\"rule\": \"{id}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void No_page_is_without_a_rule()
    {
        var pages = Directory.GetFiles(Pages, "RW*.md").Select(Path.GetFileNameWithoutExtension).OfType<string>();
        // Those below 50 are found in code, by the analyzers.
        Assert.Empty(pages.Where(id => int.Parse(id.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture) >= 50 && RuleCatalogue.Find(id) is null));
    }

    [Fact]
    public void The_list_names_every_rule_with_its_page()
    {
        var list = File.ReadAllText(Path.Combine(Pages, "README.md"));
        Assert.All(RuleCatalogue.All, rule => Assert.Contains($"[{rule.Id}]({rule.Id}.md) | {rule.Title} |", list, StringComparison.Ordinal));
    }
}
