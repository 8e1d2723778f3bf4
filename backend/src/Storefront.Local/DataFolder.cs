using System.Security.Cryptography;
using System.Text;

namespace Storefront.Local;

/// <summary>Where a checkout keeps what lives longer than a run: the database, the root key and the demo password.</summary>
internal sealed class DataFolder
{
    private DataFolder(string path) => Path = path;

    public string Path { get; }

    public string Postgres => System.IO.Path.Combine(Path, "postgres");

    public string RootKeyFile => System.IO.Path.Combine(Path, "root.key");

    public string Mail => System.IO.Path.Combine(Path, "mail");

    public string Errors => System.IO.Path.Combine(Path, "errors");

    public string DemoPasswordFile => System.IO.Path.Combine(Path, "demo-password");

    /// <summary>
    /// The given folder, or one of this checkout's own: under ~/.local/share, or as root, whose home the server's user may not
    /// enter, under /var/lib.
    /// </summary>
    /// <exception cref="LocalStartException">The folder can't be made.</exception>
    public static DataFolder Open(string? given)
    {
        var path = System.IO.Path.GetFullPath(given ?? Default());
        try
        {
            // The server may run as another user: it has to pass through here, and to see nothing.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LocalStartException($"The data folder '{path}' can't be made: {error.Message} Choose another: ./run --data FOLDER");
        }

        return new(path);
    }

    private static string Default()
    {
        var root = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
            ? "/var/lib"
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var checkout = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AppContext.BaseDirectory)))[..8];
        return System.IO.Path.Combine(root, "roadworthy", $"storefront-{checkout}");
    }
}
