using System.Diagnostics;
using System.Globalization;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Tests.Support;

internal static class ProcessTable
{
    /// <summary>Live processes that name a folder in their arguments or work in it: servers, their workers, watchdogs.</summary>
    public static List<int> In(string folder) =>
        [.. from path in Directory.EnumerateDirectories("/proc")
            let id = int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var number) ? number : 0
            where id > 0 && id != Environment.ProcessId && LiveProcess.IsAlive(id) && Names(id, folder)
            select id];

    public static string Describe(string folder) =>
        $"processes of '{folder}': {string.Join("; ", In(folder).Select(id => $"{id} {CommandLine(id)}"))}; the folder {(Directory.Exists(folder) ? "exists" : "is gone")}";

    public static void KillAllIn(string folder)
    {
        // A server that is asked to quit removes its shared memory; the rest is killed.
        foreach (var id in In(folder)) Kill(id, Posix.SigQuit);
        SpinWait.SpinUntil(() => In(folder).Count == 0, TimeSpan.FromSeconds(2));
        foreach (var id in In(folder)) Kill(id);
    }

    public static void Kill(int id, int signal = Posix.SigKill) => Posix.Signal(id, signal);

    public static int Watchdog(string serverFolder) =>
        int.Parse(File.ReadAllText(Path.Combine(serverFolder, "watchdog")).Split(' ')[0], CultureInfo.InvariantCulture);

    public static int ReadPostmaster(string cluster) =>
        int.Parse(File.ReadLines(Path.Combine(cluster, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public static string Run(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Trim();
    }

    private static bool Names(int id, string folder)
    {
        if (CommandLine(id).Contains(folder, StringComparison.Ordinal)) return true;
        try
        {
            return new FileInfo($"/proc/{id}/cwd").LinkTarget?.StartsWith(folder, StringComparison.Ordinal) is true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
