namespace Roadworthy.Postgres.Binaries;

/// <summary>The folder that the environment names. It is a decision: where it does not work, nothing else is tried.</summary>
internal sealed class EnvironmentSource : BinarySource
{
    public const string Variable = "ROADWORTHY_PG_BIN";

    public override async Task<PostgresBinaries?> FindAsync(BinaryRequest request, Action<string> tried, CancellationToken ct)
    {
        var value = request.Machine.Given;
        if (string.IsNullOrWhiteSpace(value))
        {
            tried($"the environment variable {Variable} is not set");
            return null;
        }

        var directory = Path.GetFullPath(value);
        Version version;
        try
        {
            version = await InspectAsync(directory, request, ct).ConfigureAwait(false);
        }
        catch (PostgresServerException e)
        {
            throw new PostgresServerException(
                $"{Variable} is '{value}', which cannot be used: {e.Message} Correct or unset {Variable}.", e);
        }

        if (request.Suits(version)) return new PostgresBinaries(directory, version, Variable);
        throw new PostgresServerException(request.Major is { } major
            ?
                $"The data folder '{request.Folder}' was made by PostgreSQL {major}, but {Variable} ('{value}') is PostgreSQL " +
                $"{version}, and another major version cannot open it. Point {Variable} to a PostgreSQL {major}, or choose another " +
                "DataDirectory (move data with pg_dump and psql)."
            :
                $"{Variable} is '{value}', which is PostgreSQL {version}; {BinaryRequest.OldestMajor} or newer is needed. Point it to a " +
                "newer one, or unset it.");
    }
}
