using Roadworthy.Postgres.Folders;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Supervision;

/// <summary>
/// Throwaway clusters whose owner and watchdog were both killed, as when a system runs out of memory: nobody else would ever stop
/// them and give their memory back. The next throwaway start does. The owner's lock tells one of another container, whose processes can't be seen.
/// </summary>
internal static class AbandonedFolders
{
    public static async Task SweepAsync(InstanceFolder current, CancellationToken ct)
    {
        // Elsewhere one cannot tell which processes work in a folder.
        if (!OperatingSystem.IsLinux()) return;
        foreach (var path in Directory.EnumerateDirectories(Path.GetDirectoryName(current.Root)!, ThrowawayFolder.Prefix + "*"))
        {
            var folder = new InstanceFolder(path, path, current.Account, isThrowaway: true, @lock: null);
            if (await IsAbandonedAsync(folder, ct).ConfigureAwait(false)) await RemoveAsync(folder, ct).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsAbandonedAsync(InstanceFolder folder, CancellationToken ct) =>
        await WatchdogFile.ReadAsync(folder, ct).ConfigureAwait(false) is { } file
        && FolderLock.IsFree(folder.Root)
        && !LiveProcess.IsAlive(file.Owner)
        && !await file.IsWatchedAsync(folder, ct).ConfigureAwait(false)
        && new DirectoryInfo(folder.Root).LinkTarget is null
        && FolderOwner.Of(folder.Root) == folder.Account.Uid;

    private static async Task RemoveAsync(InstanceFolder folder, CancellationToken ct)
    {
        await Leftovers.EndOrphansAsync(folder, ct).ConfigureAwait(false);
        // As the server's account, which can delete nothing else, whatever links it may have put there.
        await Command.RunAsync(Command.AsServer("/bin/rm", ["-rf", folder.Root], folder.Account), TimeSpan.FromSeconds(30), ct).ConfigureAwait(false);
    }
}
