namespace Roadworthy.Postgres.Binaries;

/// <summary>What this machine offers to search in.</summary>
/// <param name="Given">The value of <c>ROADWORTHY_PG_BIN</c>.</param>
/// <param name="Places">Patterns of folders with programs; one star in each stands for one folder's name, or for a part of it.</param>
/// <param name="SearchPath">The value of <c>PATH</c>.</param>
/// <param name="Cache">The folder for fetched programs; null: the usual one.</param>
/// <param name="Configuration">The folder with the system's configuration, <c>/etc</c>.</param>
internal sealed record Machine(string? Given, IReadOnlyList<string> Places, string SearchPath, string? Cache, string Configuration)
{
    private static readonly string[] UsualPlaces =
    [
        "/usr/lib/postgresql/*/bin", // Debian, Ubuntu
        "/usr/pgsql-*/bin", // Red Hat and the like
        "/usr/libexec/postgresql*", // Alpine
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
        @"C:\Program Files\PostgreSQL\*\bin",
    ];

    public static Machine This() =>
        new(Environment.GetEnvironmentVariable(EnvironmentSource.Variable), UsualPlaces, Environment.GetEnvironmentVariable("PATH") ?? "", Cache: null, "/etc");

    public string? FindProgram(string name)
    {
        string[] files = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
        return SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => files.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(File.Exists);
    }

    public IEnumerable<string> ExpandPlaces() => Places.SelectMany(Expand);

    private static IEnumerable<string> Expand(string pattern)
    {
        var separator = pattern.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        if ((separator == '\\') != OperatingSystem.IsWindows()) return [];
        var parts = pattern.Split(separator);
        var star = Array.FindIndex(parts, part => part.Contains('*', StringComparison.Ordinal));
        var parent = string.Join(separator, parts[..star]) + separator;
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, parts[star]).Select(folder => Path.Combine([folder, .. parts[(star + 1)..]]))
            : [];
    }
}
