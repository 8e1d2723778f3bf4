using Npgsql;
using Roadworthy.Schema;

namespace Roadworthy.Errors.Tracking;

/// <summary>The tables of error tracking in the schema <c>roadworthy</c>. Part of the application's migrations: a step of its own, before it serves.</summary>
public static class ErrorsSchema
{
    private static readonly GuardSchema Schema = new("errors", GuardSchema.Embedded(typeof(ErrorsSchema).Assembly, "Schema/"));

    /// <summary>Brings the tables up to this version of the package. Any number of instances may do it at once.</summary>
    /// <param name="source">With a role that may create schemas and tables.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>How many scripts were applied: 0 where nothing was to be done.</returns>
    /// <exception cref="PostgresException">The role may not. <see cref="Print"/> has the script for one that may.</exception>
    public static Task<int> ApplyAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Schema.ApplyAsync(source, cancellationToken);
    }

    /// <summary>The same as one script, for whoever applies it by hand to a database that has none of it.</summary>
    public static string Print() => Schema.Print();

    /// <summary>Whether the database has the tables of this version, or of a later one.</summary>
    public static async Task<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return await Schema.ReadVersionAsync(connection, cancellationToken).ConfigureAwait(false) >= Schema.Version;
    }
}
