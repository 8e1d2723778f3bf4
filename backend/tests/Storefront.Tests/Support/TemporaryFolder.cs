namespace Storefront.Tests.Support;

/// <summary>A folder of a test's own, which the account of the PostgreSQL server can pass through.</summary>
internal sealed class TemporaryFolder : IAsyncDisposable
{
    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    public static TemporaryFolder Create()
    {
        // Root's own folders are closed to the server's account.
        var parent = Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? "/var/tmp" : System.IO.Path.GetTempPath();
        var path = System.IO.Path.Combine(parent, $"storefront-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return new(path);
    }

    public string Sub(string name) => System.IO.Path.Combine(Path, name);

    public async ValueTask DisposeAsync() => await Eventually.TrueAsync($"'{Path}' can be deleted", () =>
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            return true;
        }
        catch (IOException)
        {
            // A server that was killed may still be writing its last file.
            return !Directory.Exists(Path);
        }
    });
}
