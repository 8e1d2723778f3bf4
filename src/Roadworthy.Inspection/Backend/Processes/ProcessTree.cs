using System.Globalization;
using System.Text;

namespace Roadworthy.Inspection.Backend;

/// <summary>What a command has started, and what that listens on. Linux only; empty elsewhere.</summary>
internal static class ProcessTree
{
    /// <summary>The ids of all processes with the marker in their environment, and of what the watchdog has started: who writes a title of its own writes it over its environment.</summary>
    /// <param name="marker">Of the run.</param>
    /// <param name="watchdog">Its process; 0 for none.</param>
    public static IReadOnlyList<int> Of(string marker, int watchdog = 0)
    {
        var (found, children) = (new List<int>(), new Dictionary<int, List<int>>());
        if (!Directory.Exists("/proc/self")) return found;
        var needle = Encoding.ASCII.GetBytes($"{WatchdogScript.Marker}={marker}");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                if (watchdog > 0 && Parent(id) is { } parent) (children.TryGetValue(parent, out var others) ? others : children[parent] = []).Add(id);
                if (File.ReadAllBytes($"/proc/{id}/environ").AsSpan().IndexOf(needle) >= 0) found.Add(id);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or somebody else's.
            }
        }

        if (watchdog == 0 || !IsOf(marker, watchdog)) return found;
        // The watchdog's own forks, by which it ends the command, have its arguments.
        var waiting = new Stack<int>(children.GetValueOrDefault(watchdog, []).Where(id => !IsOf(marker, id)));
        while (waiting.TryPop(out var id))
        {
            if (!found.Contains(id)) found.Add(id);
            foreach (var child in children.GetValueOrDefault(id, [])) waiting.Push(child);
        }

        return found;
    }

    /// <summary>Behind the name, which may hold anything, come state and parent.</summary>
    private static int? Parent(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var rest = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return rest.Length > 1 && int.TryParse(rest[1], CultureInfo.InvariantCulture, out var parent) ? parent : null;
    }

    private static bool IsOf(string marker, int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains(marker, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Where these processes listen, on loopback or everywhere, the lowest port first; what takes IPv6 may take nothing else.</summary>
    public static IReadOnlyList<Uri> Listening(IEnumerable<int> processes)
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

        var (four, six) = (Ports("/proc/net/tcp", inodes).ToList(), Ports("/proc/net/tcp6", inodes).ToList());
        return [.. four.Concat(six).Distinct().Order().Select(port => new Uri($"http://127.0.0.1:{port}")), .. six.Except(four).Order().Select(port => new Uri($"http://[::1]:{port}"))];
    }

    private static IEnumerable<int> Ports(string table, HashSet<string> inodes)
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
