using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Tests.Reports;

public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"roadworthy-journal-{Guid.NewGuid():N}");

    [Fact]
    public void What_was_added_is_read_back_with_its_evidence()
    {
        var report = Sample.Report(Sample.Hostile);
        using (var journal = new Journal(_folder, report.Run))
            foreach (var result in report.Results) journal.Add(result);

        var (run, results, _) = Journal.Read(_folder);
        Assert.Equal(report.Run.Seed, run.Seed);
        Assert.Equal(JsonReport.Write(report), JsonReport.Write(report with { Results = results }));
    }

    [Fact]
    public void A_run_that_was_killed_in_the_middle_of_a_line_keeps_what_came_before()
    {
        var report = Sample.Report();
        using (var journal = new Journal(_folder, report.Run))
            foreach (var result in report.Results) journal.Add(result);
        var file = Path.Combine(_folder, Journal.FileName);
        var bytes = File.ReadAllBytes(file);
        for (var cut = 1; cut < 400; cut += 7)
        {
            File.WriteAllBytes(file, bytes[..^cut]);
            var (_, results, _) = Journal.Read(_folder);
            Assert.InRange(results.Count, report.Results.Count - 3, report.Results.Count);
            Assert.Equal(report.Results.Take(results.Count).Select(result => result.Rule), results.Select(result => result.Rule));
        }
    }

    [Fact]
    public void It_is_readable_while_it_is_written()
    {
        using var journal = new Journal(_folder, Sample.Report().Run);
        journal.Add(RuleResult.Pass(AccessRules.OthersRead, "GET /a", "It held."));
        Assert.Single(Journal.Read(_folder).Results);
    }

    [Fact]
    public void A_file_that_is_no_journal_is_named()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, Journal.FileName), "{\"x\":1}\n");
        Assert.Contains(_folder, Assert.Throws<InvalidDataException>(() => Journal.Read(_folder)).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
