using System.CommandLine;
using Roadworthy.Cli.Rendering;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Commands;

/// <summary><c>roadworthy replay ID</c>: fixed, failed or error.</summary>
internal static class ReplayCommand
{
    public static Command Create(Surroundings around)
    {
        var id = new Argument<string>("id") { Description = "Of the finding, as the report names it: RW250-1f0c9a3e." };
        var output = new Option<string>("--output", "-o") { Description = "The folder that the inspection wrote to. Default: roadworthy-report.", HelpName = "DIR", DefaultValueFactory = _ => InspectRequest.DefaultOutput };
        var backend = new BackendOptionSet();
        var command = new Command("replay", "Tries one finding again, on a backend and data of its own: fixed (exit code 0), failed (1) or error (3).") { id, output };
        backend.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(id)!, Path.GetFullPath(parsed.GetValue(output)!, around.Directory), backend, parsed, around, ct));
        return command;
    }

    private static async Task<int> RunAsync(string id, string folder, BackendOptionSet backend, ParseResult parsed, Surroundings around, CancellationToken ct)
    {
        var finding = Find(id, folder);
        if (finding.Recipe is not { } recipe) throw new InspectionException($"{finding.Id} can't be repeated on its own: inspect again with --only {finding.Rule}.");
        var request = RunSettings.Load(folder, backend.Variables(parsed), backend.Accounts(parsed), parsed.GetValue(backend.Database)) with { DatabaseIsDisposable = parsed.GetValue(backend.Disposable) };
        await around.RequireYesAsync(request, parsed.GetValue(backend.Yes));

        var view = new ProgressView(around.Error, around.IsInteractive);
        var options = request.ToOptions(around.Probes, around.Shell, view.Doing, view.Timed);
        var outcome = await view.ShowAsync(() => new Inspector(options).ReplayAsync(recipe, ct));
        var word = outcome.IsFound switch { true => "failed", false => "fixed", null => "error" };
        await around.Output.WriteLineAsync($"{word}: {finding.Id} {Plain.Of(finding.Endpoint)}: {Plain.Of(outcome.Text)}");
        return outcome.IsFound switch { true => 1, false => Tool.Clean, null => Tool.Inconclusive };
    }

    private static Finding Find(string id, string folder)
    {
        if (!File.Exists(Path.Combine(folder, Journal.FileName))) throw new InspectionException($"There is no {Journal.FileName} in '{folder}'. Give the folder that the inspection wrote to: --output DIR.");
        var findings = Journal.Read(folder).Results.SelectMany(result => result.Findings).ToList();
        return findings.FirstOrDefault(finding => string.Equals(finding.Id, id, StringComparison.OrdinalIgnoreCase))
            ?? throw new InspectionException($"'{id}' is no finding in '{folder}'.{NearestName.Hint(id, findings.Select(finding => finding.Id))}");
    }
}
