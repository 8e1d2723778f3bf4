using Roadworthy.Postgres.Processes;
using Roadworthy.Postgres.Supervision;

namespace Roadworthy.Postgres.Folders;

/// <summary>Opens the folder of a kept cluster, or makes it: checked for its owner, for links and for strangers' files, then locked.</summary>
internal static class KeptFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string[] OwnEntries = ["lock", "owner", "owner.new", "password", "password.new", "port", "port.new", "server"];
    private static readonly string[] OwnServerEntries = ["data", "server.log", "server.previous.log", "watchdog"];

    public static InstanceFolder Open(string path)
    {
        try
        {
            return OpenOrMake(Path.GetFullPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PostgresServerException(
                $"The data folder '{path}' cannot be made or written to by '{Environment.UserName}': {e.Message} Choose another " +
                "DataDirectory, or change its owner or mode.", e);
        }
    }

    private static InstanceFolder OpenOrMake(string path)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        if (File.Exists(path) && new FileInfo(path).LinkTarget is null)
            throw new PostgresServerException(
                $"The data folder '{path}' is a file. Choose a DataDirectory that is a folder or does not exist yet.");
        var parent = Path.GetDirectoryName(path)
            ?? throw new PostgresServerException(
                $"The data folder '{path}' is the root of a disk. Choose a folder of its own for DataDirectory.");
        Directory.CreateDirectory(parent);
        // The server's processes see real paths: so must we, to know them again.
        if (!OperatingSystem.IsWindows()) path = Path.Combine(Posix.RealPath(parent), Path.GetFileName(path));

        FolderOwner.RefuseLink(path);
        if (!Directory.Exists(path)) MakePrivate(path);
        FolderOwner.Require(path, "data folder", OperatingSystem.IsWindows() ? 0 : Posix.EffectiveUser());
        RefuseForeignFiles(path);

        var @lock = FolderLock.Take(path);
        try
        {
            var (server, account) = OpenServerFolder(path);
            if (account.IsAnother) OpenWay(path, account);
            return new InstanceFolder(path, server, account, isThrowaway: false, @lock);
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    private static (string Server, ServerAccount Account) OpenServerFolder(string root)
    {
        var server = Path.Combine(root, "server");
        FolderOwner.RefuseLink(server);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(server);
            return (server, ServerAccount.Choose());
        }

        if (!Directory.Exists(server)) MakePrivate(server);
        var owner = FolderOwner.Of(server);
        // An account 'postgres' that came with a later installation must not take over what 'nobody' owns.
        if (ServerAccount.WithUid(owner) is { } account) return (server, account);
        if (owner != Posix.EffectiveUser() || Directory.EnumerateFileSystemEntries(server).Any())
            throw new PostgresServerException(
                $"The cluster's folder '{server}' belongs to user id {owner}, which is none that may run this server. Give it back to " +
                "the account that made it (chown -R), or choose another DataDirectory.");
        account = ServerAccount.Choose();
        Posix.ChangeOwner(server, account.Uid, account.Gid);
        return (server, account);
    }

    private static void OpenWay(string root, ServerAccount account)
    {
        Posix.ChangeOwner(root, Posix.EffectiveUser(), account.Gid);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(root, Private | UnixFileMode.GroupExecute);
    }

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, Private);
    }

    private static void RefuseForeignFiles(string path)
    {
        var entries = Entries(path);
        if (entries.Count == 0)
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Private);
            return;
        }

        var server = Path.Combine(path, "server");
        // One that has been ours keeps what its user put beside it.
        if (entries.Contains("password") && InstanceFolder.MajorOf(Path.Combine(server, "data")) is not null) return;
        if (entries.Contains("PG_VERSION"))
            throw new PostgresServerException(
                $"The data folder '{path}' is a cluster that something else made and manages. Start it with its own tools and use a " +
                "connection string, or choose another DataDirectory.");
        var foreign = entries.Except(OwnEntries, StringComparer.Ordinal)
            .Concat(Directory.Exists(server) ? Entries(server).Where(IsForeignToServer).Select(entry => Path.Combine("server", entry)) : [])
            .FirstOrDefault();
        if (foreign is not null)
            throw new PostgresServerException(
                $"The data folder '{path}' holds other files ('{foreign}'), whose mode and owner must not change. Choose a " +
                "DataDirectory that is empty or does not exist yet.");
    }

    private static bool IsForeignToServer(string entry) =>
        !OwnServerEntries.Contains(entry, StringComparer.Ordinal) && !entry.StartsWith(WatchdogScript.DraftPrefix, StringComparison.Ordinal);

    private static List<string> Entries(string path) => [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)!)];
}
