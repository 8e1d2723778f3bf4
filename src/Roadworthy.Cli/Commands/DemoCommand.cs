using System.CommandLine;
using Roadworthy.Cli.Demo;
using Roadworthy.Cli.Rendering;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Reports;
using Roadworthy.Inspection.Runs;
using Roadworthy.Postgres;

namespace Roadworthy.Cli.Commands;

/// <summary><c>roadworthy demo</c>: the first drafts and Storefront, one after the other, and one page about the three.</summary>
internal static class DemoCommand
{
    public static Command Create(Surroundings around)
    {
        var output = new Option<string>("--output", "-o") { Description = "The folder for the page and the three reports. Default: roadworthy-demo.", HelpName = "DIR", DefaultValueFactory = _ => "roadworthy-demo" };
        var budget = new Option<string>("--budget") { Description = "How long each may take: 60s, 5m. Default: 60s.", HelpName = "TIME", DefaultValueFactory = _ => "60s" };
        var command = new Command("demo", "Inspects the first draft of a backend in Node and in C#, then the same backend done right, and shows what broke.") { output, budget };
        command.SetAction((parsed, ct) => RunAsync(Path.GetFullPath(parsed.GetValue(output)!, around.Directory), RequestReader.Budget(parsed.GetValue(budget)!), around, ct));
        return command;
    }

    private static async Task<int> RunAsync(string output, TimeSpan budget, Surroundings around, CancellationToken ct)
    {
        var checkout = DemoSubjects.Checkout(around.Directory);
        var chapters = new List<DemoChapter>();
        foreach (var subject in DemoSubjects.All(checkout, output))
        {
            await around.Output.WriteLineAsync($"\n  {subject.About}");
            chapters.Add(await ChapterAsync(subject, subject.Request with { Budget = budget }, around, ct));
            // After each: whatever ends the demo, there is a page about what came before.
            DemoReport.Write(output, chapters);
            if (ct.IsCancellationRequested) break;
        }

        await around.Output.WriteLineAsync();
        foreach (var chapter in chapters) await around.Output.WriteLineAsync($"  {chapter.Name,-18} {Plain.Of(chapter.Line)}");
        await around.Output.WriteLineAsync($"  {Path.Combine(output, DemoReport.Html)}");
        return chapters.All(chapter => chapter.Report is { IsComplete: true }) && !ct.IsCancellationRequested ? Tool.Clean : Tool.Inconclusive;
    }

    private static async Task<DemoChapter> ChapterAsync(DemoSubject subject, InspectRequest request, Surroundings around, CancellationToken ct)
    {
        try
        {
            foreach (var preparation in subject.Preparations)
            {
                await around.Error.WriteLineAsync($"  {preparation}");
                await PreparationRun.RunAsync(preparation, ct);
            }

            var isOwn = !Directory.Exists(request.Directory);
            Directory.CreateDirectory(request.Directory);
            try
            {
                var report = await InspectCommand.RunAsync(request, new HashSet<string>(StringComparer.Ordinal), around, ct);
                await Results.PrintAsync(report, "text", ReportFiles.Write(request.Output, report), around);
                return new DemoChapter(request.Name, subject.About, report, null);
            }
            finally
            {
                if (isOwn) Directory.Delete(request.Directory, recursive: true);
            }
        }
        catch (Exception e) when (e is InspectionException or PostgresServerException or OperationCanceledException)
        {
            await around.Error.WriteLineAsync(Plain.Lines(e.Message));
            return new DemoChapter(request.Name, subject.About, null, e.Message);
        }
    }
}
