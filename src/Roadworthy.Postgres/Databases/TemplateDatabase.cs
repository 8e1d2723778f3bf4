using Npgsql;
using Roadworthy.Postgres.Databases;

namespace Roadworthy.Postgres;

/// <summary>
/// A migrated database that is only copied from: nobody can connect to it, so nothing stands in a copy's way. Migrate once, then
/// clone for each worker in some 20 ms.
/// </summary>
public sealed class TemplateDatabase
{
    // PostgreSQL cuts longer names off, and then two names may be one.
    private const int LongestName = 63;
    private const string CloneSuffix = "_12345678";

    private readonly PostgresServer _server;

    private TemplateDatabase(PostgresServer server, string name) => (_server, Name) = (server, name);

    /// <summary>The database's name.</summary>
    public string Name { get; }

    /// <summary>
    /// Creates the template and migrates it, or takes the one of that name that was finished before, in this process or another one:
    /// let the name hold a hash of the schema. A migration that fails leaves nothing behind.
    /// </summary>
    /// <param name="server">The server to create it on.</param>
    /// <param name="name">Its name, at most 54 bytes.</param>
    /// <param name="migrate">Is called with a connection string to the empty database.</param>
    /// <param name="ct">Cancels the creation.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or too long.</exception>
    public static async Task<TemplateDatabase> CreateAsync(
        PostgresServer server, string name, Func<string, CancellationToken, Task> migrate, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(migrate);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var longest = LongestName - CloneSuffix.Length;
        if (System.Text.Encoding.UTF8.GetByteCount(name) > longest)
            throw new ArgumentException(
                $"The template's name '{name}' is longer than {longest} bytes, which leaves no room for the clones' numbers. Shorten " +
                "it, for example to a hash.", nameof(name));
        await TemplateBuild.RunAsync(server, name, migrate, ct).ConfigureAwait(false);
        return new TemplateDatabase(server, name);
    }

    /// <summary>Copies the template into a database of its own.</summary>
    /// <exception cref="PostgresException">The server refuses.</exception>
    public async Task<ClonedDatabase> CloneAsync(CancellationToken ct = default)
    {
        var clone = $"{Name}_{Guid.NewGuid().ToString("N")[..(CloneSuffix.Length - 1)]}";
        await Maintenance.ExecuteAsync(_server,
            $"CREATE DATABASE {Maintenance.Quote(clone)} TEMPLATE {Maintenance.Quote(Name)} STRATEGY file_copy", ct).ConfigureAwait(false);
        return new ClonedDatabase(_server, clone);
    }
}
