using System.Globalization;

namespace Roadworthy.Postgres.Supervision;

/// <summary>
/// What a running server says of itself in postmaster.pid: the first line is its process id, the third when it started, the eighth
/// its state.
/// </summary>
internal sealed record PostmasterFile(int ProcessId, string StartedAt, bool IsReady)
{
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(cluster, "postmaster.pid"));
            return lines.Length > 2 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id)
                ? new PostmasterFile(id, lines[2], lines.Length > 7 && string.Equals(lines[7].Trim(), "ready", StringComparison.Ordinal))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public bool IsSameStartAs(PostmasterFile? other) =>
        other is not null && ProcessId == other.ProcessId && string.Equals(StartedAt, other.StartedAt, StringComparison.Ordinal);
}
