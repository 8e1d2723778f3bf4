using System.Text.Json;
using Npgsql;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Runs;

/// <summary>What a run was asked for, beside its results, so that one finding can be tried again (<c>settings.json</c>). Secrets are not in it.</summary>
internal static class RunSettings
{
    public const string FileName = "settings.json";

    private const string Left = "(not kept)";

    public static void Save(InspectRequest request, string folder)
    {
        var inline = new Dictionary<string, string>(StringComparer.Ordinal);
        var (command, migrate) = (CommandSecrets.Take(request.Command, inline), CommandSecrets.Take(request.Migrate, inline));
        var environment = Without(request.Environment);
        foreach (var name in inline.Keys) environment[name] = Left;
        var kept = request with
        {
            Command = command,
            Migrate = migrate,
            Directory = Path.GetFullPath(request.Directory),
            Api = request.Api is { } api && File.Exists(api) ? Path.GetFullPath(api) : request.Api,
            Environment = environment,
            Database = WithoutPassword(request.Database),
            Accounts = request.Accounts.ToDictionary(account => account.Key, IReadOnlyDictionary<string, string> (account) => Without(account.Value), StringComparer.Ordinal),
            CommandFile = null,
            MigrateFile = null,
            Suppressions = [],
            Baseline = null,
        };
        ReportFiles.Put(Path.Combine(folder, FileName), JsonSerializer.Serialize(kept, ReportJson.Indented) + "\n");
    }

    /// <param name="folder">The folder of reports.</param>
    /// <param name="environment">Variables that are given again.</param>
    /// <param name="accounts">Accounts that are given again.</param>
    /// <param name="database">Given again.</param>
    /// <exception cref="InspectionException">There is none, or a secret has to be given again.</exception>
    public static InspectRequest Load(string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> accounts, string? database)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) throw new InspectionException($"There is no '{file}'. Give the folder that an inspection wrote to (--output).");
        InspectRequest kept;
        try
        {
            kept = JsonSerializer.Deserialize<InspectRequest>(File.ReadAllText(file), ReportJson.Indented) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InspectionException($"'{file}' can't be read: {e.Message} Inspect again.", e);
        }

        var request = kept with
        {
            CommandFile = file,
            MigrateFile = kept.Migrate is null ? null : file,
            Output = folder,
            Environment = Over(kept.Environment, environment),
            Database = database ?? kept.Database,
            Accounts = kept.Accounts.Keys.Union(accounts.Keys, StringComparer.Ordinal).ToDictionary(
                name => name, IReadOnlyDictionary<string, string> (name) => Over(kept.Accounts.GetValueOrDefault(name) ?? Nothing, accounts.GetValueOrDefault(name) ?? Nothing), StringComparer.Ordinal),
        };
        Missing(request);
        return request;
    }

    private static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    private static void Missing(InspectRequest request)
    {
        if (request.Environment.FirstOrDefault(pair => pair.Value == Left).Key is { } name) throw new InspectionException($"The value of {name} was not kept, since it may be secret. Give it again: --env {name}=VALUE.");
        foreach (var (account, fields) in request.Accounts)
            if (fields.FirstOrDefault(pair => pair.Value == Left).Key is { } field) throw new InspectionException($"The {field} of account {account} was not kept. Give it again: --account {account}:{field}=VALUE.");
    }

    // What the shell fills in, or the inspection, is no secret as it stands here.
    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> values) =>
        values.ToDictionary(pair => pair.Key, pair => !pair.Value.Contains("${", StringComparison.Ordinal) && pair.Value is not "{url}" && SecretNames.Holds(pair.Key, pair.Value) ? Left : pair.Value, StringComparer.Ordinal);

    private static string? WithoutPassword(string? database)
    {
        if (database is null) return null;
        var plain = new NpgsqlConnectionStringBuilder(Backend.GivenDatabase.Require(database, isDisposable: true));
        plain.Remove("Password");
        return plain.ConnectionString;
    }

    private static Dictionary<string, string> Over(IReadOnlyDictionary<string, string> kept, IReadOnlyDictionary<string, string> given)
    {
        var all = new Dictionary<string, string>(kept, StringComparer.Ordinal);
        foreach (var (name, value) in given) all[name] = value;
        return all;
    }
}
