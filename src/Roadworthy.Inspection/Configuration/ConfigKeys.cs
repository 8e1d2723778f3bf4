namespace Roadworthy.Inspection.Configuration;

/// <summary>The form of a value in roadworthy.json.</summary>
internal enum ConfigForm
{
    Text,
    Integer,
    Duration,
    Texts,
    Map,
    Accounts,
    Rules,
    FailOn,
    Suppressions,
}

/// <param name="Name">As it is written.</param>
/// <param name="Form">What it takes.</param>
/// <param name="About">What it means, with its default.</param>
internal sealed record ConfigKey(string Name, ConfigForm Form, string About);

/// <summary>Every key of roadworthy.json: what the reader takes, and what the shipped schema is made from.</summary>
internal static class ConfigKeys
{
    public static IReadOnlyList<ConfigKey> Top { get; } =
    [
        new("$schema", ConfigForm.Text, "Where the schema is, for editors."),
        new("name", ConfigForm.Text, "What reports call the backend. Default: the folder's name."),
        new("command", ConfigForm.Text, "What a shell runs to start the backend: npm start. It is shown, and asked about, before it is run."),
        new("directory", ConfigForm.Text, "Where it is run, from this file. Default: this file's folder."),
        new("migrate", ConfigForm.Text, "What a shell runs to bring the schema up. Default: recognised by the repository's files. Empty: there is nothing to do."),
        new("port", ConfigForm.Integer, "The port that the backend listens on, where it takes no other. Default: it is told a free one (PORT)."),
        new("env", ConfigForm.Map, "Variables for the backend, by name. {url}, {host}, {port}, {user}, {password} and {database} are those of its database; ${NAME} is taken from the shell."),
        new("api", ConfigForm.Text, "What describes the API: a file (OpenAPI, Swagger 2, HAR) or a path of the backend. Default: it is looked for."),
        new("accounts", ConfigForm.Accounts, "Accounts that exist, by A, B and admin: what a log-in asks for, such as email and password. ${NAME} is taken from the shell. Default: they are signed up."),
        new("budget", ConfigForm.Duration, "How long it may take: 60s, 5m. Default: 60s."),
        new("seed", ConfigForm.Integer, "The same one makes the same choices. Default: 1."),
        new("output", ConfigForm.Text, "The folder for reports, from this file. Default: roadworthy-report."),
        new("baseline", ConfigForm.Text, "A file of findings that are known, from this file (--update-baseline writes it). They are reported, and count for nothing. Default: none."),
        new("failOn", ConfigForm.FailOn, "From what on the exit code is 1: advisory, low, medium, high, critical or never. Default: low, which is every finding."),
        new("only", ConfigForm.Rules, "The rules that are judged. Default: all."),
        new("skip", ConfigForm.Rules, "Rules that are not judged. Default: none."),
        new("endpoints", ConfigForm.Texts, "The endpoints that are probed: GET /orders/{id}. Default: all."),
        new("suppressions", ConfigForm.Suppressions, "Findings that are lived with, each with its reason."),
    ];

    public static IReadOnlyList<ConfigKey> Suppression { get; } =
    [
        new("id", ConfigForm.Text, "Of one finding, as reports name it: RW250-1f0c9a3e. In place of rule and endpoint."),
        new("rule", ConfigForm.Rules, "The rule."),
        new("endpoint", ConfigForm.Text, "Method and path as reports name them; * for what is of no single endpoint."),
        new("fingerprint", ConfigForm.Text, "One finding of that rule at that endpoint. Default: all of them."),
        new("reason", ConfigForm.Text, "Why. Reports show it."),
    ];
}
