using System.CommandLine;

namespace Roadworthy.Cli.Commands;

/// <summary>What <c>inspect</c> takes.</summary>
internal sealed class InspectOptionSet
{
    public Argument<string?> Command { get; } = new("command") { Description = "What starts the backend, as you would type it: \"npm start\". Default: what roadworthy.json says.", Arity = ArgumentArity.ZeroOrOne };

    public Option<string?> Directory { get; } = new("--directory", "-d") { Description = "Where it is run. Default: here.", HelpName = "DIR" };

    public Option<string?> Migrate { get; } = new("--migrate") { Description = "What brings the schema up. Default: recognised by the repository's files. Empty: there is nothing to do.", HelpName = "COMMAND" };

    public BackendOptionSet Backend { get; } = new();

    public Option<int?> Port { get; } = new("--port") { Description = "The port that the backend listens on, where it takes no other. Default: it is told a free one.", HelpName = "PORT" };

    public Option<string?> Url { get; } = new("--url") { Description = "A backend that runs already, on this machine. Needs --database.", HelpName = "ADDRESS" };

    public Option<int> ProxyPort { get; } = new("--proxy-port") { Description = "Where the proxy before the database listens, for a backend of --url to be started against. Default: any port.", HelpName = "PORT" };

    public Option<string?> Api { get; } = new("--api") { Description = "What describes the API: a file (OpenAPI, Swagger 2, HAR) or a path of the backend. Default: it is looked for.", HelpName = "FILE|PATH" };

    public Option<string?> Name { get; } = new("--name") { Description = "What reports call it. Default: the folder's name.", HelpName = "NAME" };

    public Option<string?> Budget { get; } = new("--budget") { Description = "How long it may take: 60s, 5m. Default: 60s.", HelpName = "TIME" };

    public Option<int?> Seed { get; } = new("--seed") { Description = "The same one makes the same choices. Default: 1.", HelpName = "N" };

    public Option<string?> Output { get; } = new("--output", "-o") { Description = "The folder for reports. Default: roadworthy-report.", HelpName = "DIR" };

    public Option<string[]> Only { get; } = new("--only") { Description = "Judge these rules alone; as often as needed.", HelpName = "RULE" };

    public Option<string[]> Skip { get; } = new("--skip") { Description = "Judge all but these rules.", HelpName = "RULE" };

    public Option<string[]> Endpoint { get; } = new("--endpoint") { Description = "Probe these endpoints alone: \"GET /orders/{id}\".", HelpName = "ENDPOINT" };

    public Option<string> Format { get; } = Choice("--format", "What is printed at the end; files of all forms are written anyway.", "text", "text", "json", "markdown", "sarif", "junit", "none");

    public Option<string?> Baseline { get; } = new("--baseline") { Description = "A file of findings that are known, and count for nothing.", HelpName = "FILE" };

    public Option<bool> UpdateBaseline { get; } = new("--update-baseline") { Description = "Write what is found to the baseline (roadworthy-baseline.json, unless another is named)." };

    public Option<string?> FailOn { get; } = Choice<string?>("--fail-on", "From what on the exit code is 1. Default: low, which is every finding.", null, "advisory", "low", "medium", "high", "critical", "never");

    public Option<string?> Config { get; } = new("--config") { Description = "The configuration. Default: roadworthy.json of the folder, where there is one.", HelpName = "FILE" };

    public Option<bool> Init { get; } = new("--init") { Description = "Look at the repository and write a roadworthy.json; nothing is run." };

    public Option<bool> Record { get; } = new("--record") { Description = "Start the backend behind a proxy that takes down what you do with it, until Ctrl-C; the file is what --api takes." };

    public Option<int> RecordPort { get; } = new("--record-port") { Description = "Where that proxy listens. Default: any port.", HelpName = "PORT" };

    public void AddTo(Command command)
    {
        command.Add(Command);
        foreach (var option in (Option[])[Directory, Migrate]) command.Add(option);
        Backend.AddTo(command);
        foreach (var option in (Option[])[Port, Url, ProxyPort, Api, Name, Budget, Seed, Output, Only, Skip, Endpoint, Format, Baseline, UpdateBaseline, FailOn, Config, Init, Record, RecordPort]) command.Add(option);
    }

    private static Option<T> Choice<T>(string name, string about, T byDefault, params string[] values)
    {
        var option = new Option<T>(name) { Description = about, DefaultValueFactory = _ => byDefault, HelpName = string.Join('|', values) };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
