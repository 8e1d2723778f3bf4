using System.Text.RegularExpressions;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Binaries;

/// <summary>One place that PostgreSQL can come from.</summary>
internal abstract partial class BinarySource
{
    public static readonly IReadOnlyList<BinarySource> InOrder = [new EnvironmentSource(), new InstalledSource(), new NpmSource(), new AptSource()];

    /// <summary>The programs, or null after telling <paramref name="tried"/> in one line why not.</summary>
    public abstract Task<PostgresBinaries?> FindAsync(BinaryRequest request, Action<string> tried, CancellationToken ct);

    /// <summary>The version that the programs in a folder tell when the server's account runs them.</summary>
    /// <exception cref="PostgresServerException">A program is missing, or does not run.</exception>
    protected static async Task<Version> InspectAsync(string directory, BinaryRequest request, CancellationToken ct)
    {
        foreach (var name in new[] { "initdb", "pg_ctl", "postgres" })
        {
            var program = Program(directory, name);
            if (!File.Exists(program)) throw new PostgresServerException(
                $"'{program}' does not exist. A folder with initdb, pg_ctl and postgres is needed; a client's package has none.");
        }

        var postgres = Program(directory, "postgres");
        var result = await Command.RunAsync(Command.AsServer(postgres, ["--version"], request.Account), TimeSpan.FromSeconds(20), ct).ConfigureAwait(false);
        var match = VersionText().Match(result.Output);
        if (result.ExitCode != 0 || !match.Success)
            throw new PostgresServerException(
                $"'{postgres} --version', run as {request.Account.UserName ?? Environment.UserName}, ended with {result.ExitCode} and " +
                $"said '{result.Said}'. It is broken or not meant for this machine: install it anew, or name another bin folder.");
        var minor = match.Groups["minor"] is { Success: true } group ? int.Parse(group.ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0;
        return new Version(int.Parse(match.Groups["major"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), minor);
    }

    protected static string Program(string directory, string name) => Path.Combine(directory, OperatingSystem.IsWindows() ? name + ".exe" : name);

    [GeneratedRegex(@"PostgreSQL\) (?<major>[0-9]+)(\.(?<minor>[0-9]+))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionText();
}
