using System.Diagnostics;
using System.Globalization;

namespace Roadworthy.Postgres.Processes;

/// <summary>Looks at processes by id. An id alone proves nothing: it may have been given to another process since.</summary>
internal static class LiveProcess
{
    private static bool HasProc => OperatingSystem.IsLinux();

    public static bool IsAlive(int processId)
    {
        if (processId <= 0) return false;
        if (HasProc) return State(processId) is not (null or 'Z' or 'X');
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether the live process <paramref name="processId"/> was called with these arguments, one after the other.</summary>
    public static async Task<bool> WasCalledWithAsync(int processId, string first, string second, CancellationToken ct)
    {
        if (!IsAlive(processId)) return false;
        try
        {
            if (HasProc)
            {
                var line = await File.ReadAllTextAsync($"/proc/{processId}/cmdline", ct).ConfigureAwait(false);
                return line.Contains($"\0{first}\0{second}\0", StringComparison.Ordinal);
            }

            if (OperatingSystem.IsWindows()) return false;
            var start = new ProcessStartInfo("ps", ["-ww", "-o", "command=", "-p", $"{processId}"]);
            var ps = await Command.RunAsync(start, TimeSpan.FromSeconds(5), ct).ConfigureAwait(false);
            return ps.Output.Contains($"{first} {second} ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Every live process that works in <paramref name="folder"/>, as all processes of a server do. Linux only; else none.</summary>
    public static List<int> WorkingIn(string folder)
    {
        if (!HasProc) return [];
        return [.. from path in Directory.EnumerateDirectories("/proc")
                   let id = int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var number) ? number : 0
                   where id > 0 && string.Equals(WorkingFolder(id), folder, StringComparison.Ordinal)
                   select id];
    }

    private static string? WorkingFolder(int processId)
    {
        try
        {
            return new FileInfo($"/proc/{processId}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static char? State(int processId)
    {
        try
        {
            // The name in brackets may itself hold brackets and spaces: the state follows the last one.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
