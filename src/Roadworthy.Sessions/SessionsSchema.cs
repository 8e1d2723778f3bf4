using Npgsql;
using Roadworthy.Schema;
using Roadworthy.Sessions.Store;

namespace Roadworthy.Sessions;

/// <summary>The package's tables in the schema <c>roadworthy</c>. Part of the application's migrations: a step of its own, before it serves.</summary>
public static class SessionsSchema
{
    private static readonly IReadOnlyList<string> Scripts = GuardSchema.Embedded(typeof(SessionsSchema).Assembly, "Schema/");

    /// <summary>Brings the tables up to this version of the package. Any number of instances may do it at once.</summary>
    /// <param name="source">With a role that may create schemas and tables.</param>
    /// <param name="userIdType">As in <see cref="SessionsOptions.UserIdType"/>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>How many scripts were applied: 0 where nothing was to be done.</returns>
    /// <exception cref="PostgresException">The role may not. <see cref="Print"/> has the script for one that may.</exception>
    public static Task<int> ApplyAsync(NpgsqlDataSource source, UserIdType userIdType = UserIdType.Uuid, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return For(userIdType).ApplyAsync(source, cancellationToken);
    }

    /// <summary>The same as one script, for whoever applies it by hand to a database that has none of it.</summary>
    public static string Print(UserIdType userIdType = UserIdType.Uuid) => For(userIdType).Print();

    /// <summary>Whether the database has the tables of this version, or of a later one.</summary>
    public static async Task<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var schema = For(UserIdType.Uuid);
        return await schema.ReadVersionAsync(connection, cancellationToken) >= schema.Version;
    }

    private static GuardSchema For(UserIdType type) =>
        new("sessions", [.. Scripts.Select(script => script.Replace("{user_id_type}", SessionSql.TypeName(type), StringComparison.Ordinal))]);
}
