using System.Text.RegularExpressions;
using Npgsql;

namespace Roadworthy.Inspection.Backend;

/// <summary>Carries a migration out.</summary>
internal static partial class MigrationRun
{
    private const int LastLines = 15;

    /// <exception cref="InspectionException">It failed or took too long; the message holds what it wrote last.</exception>
    public static async Task CarryOutAsync(Migration migration, BackendOptions options, IReadOnlyDictionary<string, string> environment, DatabaseAddress database, CancellationToken ct)
    {
        if (migration.Command is { Length: > 0 } command)
        {
            await using var process = BackendProcess.Start(command, options.Directory, environment);
            var ended = await process.WaitForExitAsync(options.MigrateTimeout, ct);
            if (ended && process.ExitCode == 0) return;
            await process.Output.QuietAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), ct);
            throw new InspectionException(
                $"'{command}' {(ended ? $"ended with {process.ExitCode}" : $"did not end within {options.MigrateTimeout.TotalSeconds:0} s")}.\n{Hint(process) ?? "Give the command that brings the schema up, or an empty one if there is none (--migrate)."}\nIt wrote last:\n" +
                Driving.Secrets.Text(string.Join('\n', process.Output.Told(LastLines))));
        }

        foreach (var script in migration.Scripts) await RunScriptAsync(script, database, ct);
    }

    /// <summary>Fills a schema. What fails there may be missing, and nothing else is.</summary>
    /// <returns>Null, or what became of it.</returns>
    public static async Task<string?> SeedAsync(string command, BackendOptions options, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        await using var process = BackendProcess.Start(command, options.Directory, environment);
        if (!await process.WaitForExitAsync(options.SeedTimeout, ct)) return $"'{command}' did not end within {options.SeedTimeout.TotalSeconds:0} s: what it was to put into the database may be missing.";
        await process.Output.QuietAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), ct);
        return process.ExitCode == 0 ? null : $"'{command}' ended with {process.ExitCode}: what it was to put into the database may be missing. It wrote last: {Driving.Secrets.Text(string.Join(' ', process.Output.Told(3).Select(line => line.Trim())))}";
    }

    /// <summary>What is known to go wrong, and its mend; null for anything else.</summary>
    private static string? Hint(BackendProcess process) => process.Output.Text switch
    {
        var text when text.Contains("dotnet-ef does not exist", StringComparison.Ordinal) => "EF Core's tool is not there: dotnet tool install --global dotnet-ef. Or say --migrate \"\" where the backend brings its schema up when it starts.",
        var text when text.Contains("127.0.0.1:5432", StringComparison.Ordinal) => "It asked on port 5432, whatever it was given: let the inspection's proxy listen there, with --proxy-port 5432, while nothing else does.",
        var text when text.Contains("ENOTFOUND", StringComparison.Ordinal) || text.Contains("could not translate host name", StringComparison.Ordinal) => "It asked for another host than it was given: a .env file overrides the environment. Run it without what loads that, or move the file away.",
        _ => null,
    };

    private static async Task RunScriptAsync(string file, DatabaseAddress database, CancellationToken ct)
    {
        // psql's own commands are no SQL; a database of the script's own would be another one than the inspection's.
        var sql = NotSql().Replace(await File.ReadAllTextAsync(file, ct), "");
        await using var connection = new NpgsqlConnection(database.Npgsql + ";Pooling=false");
        await connection.OpenAsync(ct);
        try
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e)
        {
            throw new InspectionException($"'{file}' failed: {e.MessageText} ({e.SqlState}). Give the command that brings the schema up, or an empty one if there is none.", e);
        }
    }

    [GeneratedRegex(@"^\s*(?:\\.*|(?:CREATE|DROP)\s+DATABASE\b[^;]*;)\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex NotSql();
}
