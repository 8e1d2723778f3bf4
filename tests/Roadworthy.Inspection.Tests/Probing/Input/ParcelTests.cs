using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Reports;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Probing.Input;

/// <summary>Forms, addresses, whole bodies, and what only a GET shows.</summary>
public sealed class ParcelTests
{
    private static BackendOptions Parcels { get; } = new() { Command = "node server.js", Directory = Fixtures.Folder("node-parcels") };

    [Fact]
    public async Task What_is_careless_with_forms_addresses_and_bodies_is_found_and_its_careful_twin_is_not_reported()
    {
        Assert.SkipUnless(Fixtures.Has("node", "--version"), "node is not installed.");
        var report = await Inspected.ByAsync(Parcels, new InputProbe());
        var summaries = report.Results.SelectMany(result => result.Findings).Select(finding => $"{finding.Rule} {finding.Endpoint}: {finding.Summary}").ToList();
        Assert.Equal(
            [
                "RW150 POST /letters", "RW150 POST /notes", "RW150 POST /notes (advisory)", "RW150 POST /parcels", "RW150 POST /photos", "RW151 GET /parcels", "RW154 POST /cards", "RW154 POST /parcels", "RW154 POST /slates",
                "RW155 POST /cards", "RW155 POST /parcels", "RW155 POST /slates", "RW156 *",
            ],
            report.Found().Distinct());
        // A refusal of a query that tells nothing.
        Holds("RW151 GET /parcels: page = \"-1\" is refused with 400 and \"{\"error\":\"Invalid request\"}\", which says neither which value was wrong nor why.");
        // Forms: a text, a number and a file of theirs.
        Holds("RW150 POST /parcels: label as text with a NUL");
        Assert.Contains("label as an object: its name in brackets", report.Results.SelectMany(result => result.Findings).SelectMany(finding => finding.Evidence).OfType<PlacesEvidence>().SelectMany(places => places.Places));
        Holds("RW154 POST /parcels: weight: text that holds no number is taken, and the answer has \"0\"");
        Holds("RW150 POST /photos: image as left out");
        // Whole bodies: each reader breaks in its own line, and one process ends after it has answered.
        Holds("RW150 POST /notes: a body that is no JSON");
        Holds("RW150 POST /notes: 10000 lists in one another");
        // What the framework's reader may do alone is advice, or told beside others only.
        Assert.DoesNotContain(summaries, each => each.Contains("charset", StringComparison.Ordinal));
        Holds("RW150 POST /notes: a body of 32 MB: answers 500");
        Holds("RW150 POST /letters: 10000 lists in one another: the backend's process ends");
        Holds("RW156 *: an address that can't be decoded: answers 500 at 3 endpoints");
        // What is repeated in the answer and kept as something else, and what the answer does not show.
        Holds("RW154 POST /cards: count: the number as text is taken, and GET /cards/{id} has \"0\"");
        Holds("RW154 POST /slates: count: the number as text is taken, and GET /slates/{id} has \"0\"");

        void Holds(string summary) => Assert.Contains(summaries, each => each.Contains(summary, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("RW151", "GET /parcels", "query:limit", "abc", true)]
    [InlineData("RW151", "GET /senders", "query:limit", "abc", false)]
    [InlineData("RW156", "GET /parcels/{id}", "path:id", "undecodable", true)]
    [InlineData("RW150", "POST /photos", "/image", "missing", true)]
    [InlineData("RW150", "POST /notes", "", "large", true)]
    [InlineData("RW154", "POST /slates", "/count", "text", true)]
    [InlineData("RW154", "POST /tiles", "/count", "text", false)]
    public async Task A_finding_can_be_repeated(string rule, string operation, string where, string change, bool isFound)
    {
        Assert.SkipUnless(Fixtures.Has("node", "--version"), "node is not installed.");
        var outcome = await Inspected.ReplayAsync(Parcels, $"input [\"{rule}\",\"{operation}\",\"{where}\",\"{change}\"]", new InputProbe());
        Assert.True(outcome.IsFound == isFound, outcome.Text);
    }
}
