using System.Globalization;
using System.Reflection;
using System.Text;
using Npgsql;

namespace Roadworthy.Schema;

/// <summary>
/// The tables of one guard in the schema <c>roadworthy</c>: numbered scripts inside the package, each applied once, in one
/// transaction, under a lock that all instances and all guards share. Compiled into each guard, since none references another.
/// </summary>
/// <param name="guard">The guard's name in <c>roadworthy.schema_versions</c>.</param>
/// <param name="scripts">The scripts in their order; script number n is version n + 1. Never changed once released.</param>
internal sealed class GuardSchema(string guard, IReadOnlyList<string> scripts)
{
    private const long Lock = 0x726f6164_67756172; // "roadguar"

    private const string Preamble = """
        CREATE SCHEMA IF NOT EXISTS roadworthy;
        CREATE TABLE IF NOT EXISTS roadworthy.schema_versions (
          guard text PRIMARY KEY,
          version integer NOT NULL,
          applied_at timestamptz NOT NULL DEFAULT now());
        """;

    /// <summary>The version that this package's code needs.</summary>
    public int Version => scripts.Count;

    /// <summary>Reads the scripts that the assembly embeds under a folder, in the order of their names.</summary>
    public static IReadOnlyList<string> Embedded(Assembly assembly, string folder) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name)),
    ];

    /// <summary>Everything as one script, for whoever applies it by hand. Applying it to an empty database is the same as <see cref="ApplyAsync"/>.</summary>
    public string Print()
    {
        var text = new StringBuilder("BEGIN;\n").Append(Preamble).Append('\n');
        for (var index = 0; index < scripts.Count; index++)
            text.Append(CultureInfo.InvariantCulture, $"\n-- {guard}, version {index + 1}\n").Append(scripts[index].TrimEnd()).Append('\n');
        return text.Append(CultureInfo.InvariantCulture, $"\nINSERT INTO roadworthy.schema_versions (guard, version) VALUES ('{guard}', {Version})\nON CONFLICT (guard) DO UPDATE SET version = excluded.version, applied_at = now();\nCOMMIT;\n").ToString();
    }

    /// <summary>Brings the tables up to this version. Any number of instances may do it at once: one does, the others wait and find it done.</summary>
    /// <returns>How many scripts were applied.</returns>
    /// <exception cref="PostgresException">The role may not create schemas or tables; <see cref="Print"/> has the script for one that may.</exception>
    public async Task<int> ApplyAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if (await ReadVersionAsync(connection, cancellationToken) >= Version) return 0;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({Lock})", cancellationToken);
        await ExecuteAsync(connection, Preamble, cancellationToken);
        var from = await ReadVersionAsync(connection, cancellationToken);
        for (var index = from; index < scripts.Count; index++) await ExecuteAsync(connection, scripts[index], cancellationToken);
        if (from < Version)
        {
            await ExecuteAsync(
                connection,
                $"INSERT INTO roadworthy.schema_versions (guard, version) VALUES ('{guard}', {Version}) ON CONFLICT (guard) DO UPDATE SET version = excluded.version, applied_at = now()",
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return Math.Max(0, Version - from);
    }

    /// <summary>The version that the database has; 0 where there is none.</summary>
    public async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand("SELECT to_regclass('roadworthy.schema_versions') IS NOT NULL", connection);
        if (await look.ExecuteScalarAsync(cancellationToken) is not true) return 0;
        await using var read = new NpgsqlCommand("SELECT version FROM roadworthy.schema_versions WHERE guard = $1", connection);
        read.Parameters.AddWithValue(guard);
        return await read.ExecuteScalarAsync(cancellationToken) is int version ? version : 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
