using System.CommandLine;
using Roadworthy.Cli.Rendering;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Commands;

/// <summary><c>roadworthy inspect --init</c>: looks, shows what it would run, and writes a roadworthy.json.</summary>
internal static class InitAction
{
    public static async Task<int> RunAsync(InspectOptionSet options, ParseResult parsed, Surroundings around)
    {
        var folder = Path.GetFullPath(parsed.GetValue(options.Directory) ?? ".", around.Directory);
        var file = Path.Combine(folder, InspectConfig.FileName);
        if (File.Exists(file)) throw new InspectionException($"'{file}' is there already. Change it, or take it away first.");
        var proposal = parsed.GetValue(options.Command) is { } given ? new Proposal(given, "It was given.") : RepositoryLook.Find(folder)
            ?? throw new InspectionException($"Nothing in '{folder}' says how a backend is started. Say it: roadworthy inspect --init \"npm start\".");
        var migration = MigrationFinder.Find(folder, proposal.Command);
        await File.WriteAllTextAsync(file, proposal.ToConfig(parsed.GetValue(options.Name) ?? new DirectoryInfo(folder).Name, migration.Command));
        await SayAsync(around, $"It would run: {proposal.Command}", $"    {proposal.Why}");
        await SayAsync(around, migration.Command is { } command ? $"before that:  {command}" : migration.Scripts.Count > 0 ? $"before that:  {string.Join(", ", migration.Scripts.Select(Path.GetFileName))}" : "before that:  nothing", $"    {migration.Why}");
        await SayAsync(around, [.. proposal.Notes, $"Written to {file}. Nothing was run. Now: roadworthy inspect"]);
        return Tool.Clean;
    }

    private static async Task SayAsync(Surroundings around, params string[] lines)
    {
        foreach (var line in lines) await around.Output.WriteLineAsync($"  {Plain.Of(line)}");
    }
}
