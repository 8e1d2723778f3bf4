using System.Globalization;
using Roadworthy.Postgres.Folders;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Supervision;

/// <summary>What a watchdog notes when it begins: its own process id and its owner's.</summary>
internal sealed record WatchdogFile(int Watchdog, int Owner)
{
    public static async Task<WatchdogFile?> ReadAsync(InstanceFolder folder, CancellationToken ct)
    {
        try
        {
            var text = await File.ReadAllTextAsync(folder.WatchdogId, ct).ConfigureAwait(false);
            return text.Split(' ') is [var first, var second]
                && int.TryParse(first, CultureInfo.InvariantCulture, out var watchdog)
                && int.TryParse(second, CultureInfo.InvariantCulture, out var owner)
                ? new WatchdogFile(watchdog, owner)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public Task<bool> IsWatchedAsync(InstanceFolder folder, CancellationToken ct) =>
        LiveProcess.WasCalledWithAsync(Watchdog, WatchdogScript.Name, folder.Server, ct);
}
