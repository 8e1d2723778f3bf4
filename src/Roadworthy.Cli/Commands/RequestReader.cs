using System.CommandLine;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Commands;

/// <summary>Puts command line and roadworthy.json together: the command line wins.</summary>
internal sealed class RequestReader(InspectOptionSet options, ParseResult parsed, string here)
{
    /// <exception cref="InspectionException">Something in either is wrong, or missing.</exception>
    public InspectRequest Read()
    {
        var folder = At(parsed.GetValue(options.Directory)) ?? here;
        var config = Config(folder);
        var typed = parsed.GetValue(options.Command);
        var url = parsed.GetValue(options.Url) is { } address ? Address(address) : null;
        var command = url is null ? typed ?? config.Command : null;
        if (url is null && command is null)
            throw new InspectionException("What starts the backend? Say it as you would type it: roadworthy inspect \"npm start\". 'roadworthy inspect --init' looks at the repository and proposes one; --url takes one that runs.");
        if (url is not null && typed is not null) throw new InspectionException("Either a command that starts the backend, or --url of one that runs: not both.");
        if (url is not null && parsed.GetValue(options.Backend.Database) is null)
            throw new InspectionException("With --url, say which database the backend uses: --database, and --database-is-disposable. What it does to its data is what is judged.");
        // What a file says is relative to it, what was typed to where it was typed.
        if (parsed.GetValue(options.Directory) is null && config.Directory is { } named) folder = config.Resolve(named);
        else if (parsed.GetValue(options.Directory) is null && typed is null && config.File is { } file) folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (!Directory.Exists(folder)) throw new InspectionException($"The folder '{folder}' is not there.");
        return new InspectRequest
        {
            Name = parsed.GetValue(options.Name) ?? config.Name ?? new DirectoryInfo(folder).Name,
            Command = command,
            CommandFile = typed is null && url is null ? config.File : null,
            MigrateFile = url is null && parsed.GetValue(options.Migrate) is null && config.Migrate is not null ? config.File : null,
            Directory = folder,
            Url = url,
            Migrate = parsed.GetValue(options.Migrate) ?? config.Migrate,
            Port = parsed.GetValue(options.Port) ?? config.Port,
            ProxyPort = parsed.GetValue(options.ProxyPort),
            Environment = Over(config.Environment, options.Backend.Variables(parsed)),
            Accounts = Over(config.Accounts, options.Backend.Accounts(parsed)),
            Database = parsed.GetValue(options.Backend.Database),
            DatabaseIsDisposable = parsed.GetValue(options.Backend.Disposable),
            Api = Api(parsed.GetValue(options.Api)) ?? (config.Api is { } api && !api.StartsWith('/') && File.Exists(config.Resolve(api)) ? config.Resolve(api) : config.Api),
            Budget = parsed.GetValue(options.Budget) is { } budget ? Budget(budget) : config.Budget ?? TimeSpan.FromSeconds(60),
            Seed = parsed.GetValue(options.Seed) ?? config.Seed ?? 1,
            Output = At(parsed.GetValue(options.Output)) ?? (config.Output is { } output ? config.Resolve(output) : Path.Combine(here, InspectRequest.DefaultOutput)),
            Baseline = At(parsed.GetValue(options.Baseline)) ?? (config.Baseline is { } baseline ? config.Resolve(baseline) : null),
            FailOn = parsed.GetValue(options.FailOn) is { } from ? Enum.Parse<FailOn>(from, ignoreCase: true) : config.FailOn ?? FailOn.Low,
            Only = Rules(options.Only) is { Count: > 0 } only ? only : config.Only,
            Skip = [.. config.Skip, .. Rules(options.Skip)],
            Endpoints = parsed.GetValue(options.Endpoint) is { Length: > 0 } endpoints ? endpoints : config.Endpoints,
            Suppressions = config.Suppressions,
        };
    }

    /// <exception cref="InspectionException">It is no span of time.</exception>
    public static TimeSpan Budget(string text) =>
        Duration.TryParse(text, out var span) ? span : throw new InspectionException($"--budget '{text}' is no span of time. Write 60s, 5m or 1h.");

    private InspectConfig Config(string folder)
    {
        if (At(parsed.GetValue(options.Config)) is { } named) return ConfigReader.ReadFile(named);
        var usual = Path.Combine(folder, InspectConfig.FileName);
        return File.Exists(usual) ? ConfigReader.ReadFile(usual) : InspectConfig.Empty;
    }

    private List<string> Rules(Option<string[]> option) => [.. (parsed.GetValue(option) ?? []).SelectMany(text => text.Split(',')).Select(text => RuleCatalogue.Find(text)?.Id
        ?? throw new InspectionException($"'{text}' is no rule.{NearestName.Hint(text, RuleCatalogue.All.Select(rule => rule.Id))} docs/rules has the list."))];

    private string? At(string? path) => path is null ? null : Path.GetFullPath(path, here);

    // A file, where there is one; else a path of the backend.
    private string? Api(string? text) => text is not null && File.Exists(Path.GetFullPath(text, here)) ? Path.GetFullPath(text, here) : text;

    private static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? Loopback.Require(uri) : throw new InspectionException($"'{text}' is no address. Give one such as http://127.0.0.1:3000.");

    private static Dictionary<string, T> Over<T>(IReadOnlyDictionary<string, T> config, IReadOnlyDictionary<string, T> typed)
    {
        var all = new Dictionary<string, T>(config, StringComparer.Ordinal);
        foreach (var (name, value) in typed) all[name] = value;
        return all;
    }
}
