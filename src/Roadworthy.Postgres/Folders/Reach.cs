using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Folders;

/// <summary>As root, the server's account must be able to get to the folder: root's own home, for one, is closed to it.</summary>
internal static class Reach
{
    public static async Task RequireAsync(InstanceFolder folder, CancellationToken ct)
    {
        if (!folder.Account.IsAnother || await CanEnterAsync(folder.Server, folder.Account, ct).ConfigureAwait(false)) return;
        var closed = folder.Server;
        foreach (var ancestor in Ancestors(folder.Server))
        {
            if (await CanEnterAsync(ancestor, folder.Account, ct).ConfigureAwait(false)) continue;
            closed = ancestor;
            break;
        }

        throw new PostgresServerException(
            $"The account {folder.Account.Description} cannot get to the data folder '{folder.Root}': '{closed}' is closed to it. " +
            $"Choose a DataDirectory under /var/lib or /var/tmp, or open that folder (chmod o+x '{closed}').");
    }

    public static async Task<bool> CanEnterAsync(string path, ServerAccount account, CancellationToken ct)
    {
        var start = Command.AsServer("/bin/sh", ["-c", "cd \"$0\"", path], account);
        return (await Command.RunAsync(start, TimeSpan.FromSeconds(10), ct).ConfigureAwait(false)).ExitCode == 0;
    }

    private static IEnumerable<string> Ancestors(string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return names.Select((_, index) => "/" + string.Join('/', names[..(index + 1)]));
    }
}
