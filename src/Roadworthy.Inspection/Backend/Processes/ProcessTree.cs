using System.Globalization;
using System.Text;

namespace Roadworthy.Inspection.Backend;

/// <summary>What a command has started, and what that listens on. Linux only; empty elsewhere.</summary>
internal static class ProcessTree
{
    /// <summary>The ids of all processes with the marker in their environment.</summary>
    public static IReadOnlyList<int> Of(string marker)
    {
        var found = new List<int>();
        if (!Directory.Exists("/proc/self")) return found;
        var needle = Encoding.ASCII.GetBytes($"{WatchdogScript.Marker}={marker}");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                if (File.ReadAllBytes($"/proc/{id}/environ").AsSpan().IndexOf(needle) >= 0) found.Add(id);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or somebody else's.
            }
        }

        return found;
    }

    /// <summary>The TCP ports that these processes listen on, on loopback or everywhere, the lowest first.</summary>
    public static IReadOnlyList<int> ListeningPorts(IEnumerable<int> processes)
    {
        var inodes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in processes)
        {
            try
            {
                foreach (var handle in new DirectoryInfo($"/proc/{id}/fd").EnumerateFileSystemInfos())
                    if (handle.LinkTarget is { } link && link.StartsWith("socket:[", StringComparison.Ordinal)) inodes.Add(link[8..^1]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile.
            }
        }

        return [.. Listening("/proc/net/tcp", inodes).Concat(Listening("/proc/net/tcp6", inodes)).Distinct().Order()];
    }

    private static IEnumerable<int> Listening(string table, HashSet<string> inodes)
    {
        if (!File.Exists(table)) yield break;
        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 10 || parts[3] != "0A" || !inodes.Contains(parts[9])) continue;
            if (int.TryParse(parts[1].AsSpan(parts[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port)) yield return port;
        }
    }
}
