using System.Diagnostics;
using Roadworthy.Postgres.Folders;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Supervision;

/// <summary>What an owner that was killed left in a folder: a watchdog that is still stopping its server, or a server's orphans.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan OrphanPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task AwaitWatchdogAsync(InstanceFolder folder, CancellationToken ct)
    {
        var deadline = Stopwatch.StartNew();
        while (await WatchdogFile.ReadAsync(folder, ct).ConfigureAwait(false) is { } file && await file.IsWatchedAsync(folder, ct).ConfigureAwait(false))
        {
            if (deadline.Elapsed > Patience)
            {
                // It is stuck; the server that it leaves is reclaimed by the next one.
                Posix.Signal(file.Watchdog, Posix.SigKill);
            }

            if (deadline.Elapsed > Patience * 2)
                throw new PostgresServerException(
                    $"Process {file.Watchdog}, the watchdog of an earlier server in '{folder.Root}', does not end, not even when killed. " +
                    "See what it waits for (a disk?) or whose it is, then start again.");
            await Task.Delay(Pause, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Ends processes of a server whose head was killed: they keep its memory, and no new server may start beside them.</summary>
    public static async Task EndOrphansAsync(InstanceFolder folder, CancellationToken ct)
    {
        var since = Stopwatch.StartNew();
        while (LiveProcess.WorkingIn(folder.Cluster) is { Count: > 0 } orphans)
        {
            var signal = since.Elapsed < OrphanPatience ? Posix.SigQuit : Posix.SigKill;
            foreach (var orphan in orphans) Posix.Signal(orphan, signal);
            await Task.Delay(Pause, ct).ConfigureAwait(false);
            if (since.Elapsed > Patience)
                throw new PostgresServerException(
                    $"Processes {string.Join(", ", orphans)} of an earlier server in '{folder.Root}' do not end, not even when killed. " +
                    "See what they wait for (a disk?), then start again.");
        }
    }
}
