namespace Roadworthy.Wire.Benchmarks.Measuring;

/// <summary>What this benchmark runs and does not bring along.</summary>
internal static class Programs
{
    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/usr/local/sbin",
        .. Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(folder => Path.Combine(folder, "bin")) : [],
    ];

    public static List<string> Missing() => [.. new[] { "haproxy", "pgbouncer", "pgbench" }.Where(name => Find(name) is null)];

    public static string? Find(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
