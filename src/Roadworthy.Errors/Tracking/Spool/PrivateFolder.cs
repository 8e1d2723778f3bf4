using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Roadworthy.Errors.Tracking.Spool;

/// <summary>Folders that nobody else may look into, nor has put there.</summary>
internal static partial class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder inside of one that is private.</summary>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }

    /// <summary>Makes the folder, or takes the one that is there.</summary>
    /// <exception cref="IOException">It is a link, or somebody else's, or can't be made.</exception>
    public static void Require(string path)
    {
        Make(path);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (new DirectoryInfo(path).LinkTarget is { } target)
        {
            throw new IOException($"The folder '{path}' is a symbolic link to '{target}', which is not followed: somebody else could have put it there. Name its target in ErrorTrackingOptions.SpoolFolder.");
        }

        if (OwnerOf(path) is { } owner && owner != geteuid())
        {
            throw new IOException($"The folder '{path}' belongs to user id {owner}, and this process runs as user id {geteuid()}. Choose another one: ErrorTrackingOptions.SpoolFolder.");
        }

        File.SetUnixFileMode(path, OwnerOnly);
    }

    public static FileStreamOptions Private(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows() && options.Mode != FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    // .NET does not tell a file's owner; POSIX says how ls prints it.
    private static uint? OwnerOf(string path)
    {
        var start = new ProcessStartInfo("ls", ["-ldn", path]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        try
        {
            using var ls = Process.Start(start)!;
            var fields = ls.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            ls.WaitForExit();
            return fields.Length > 2 && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out var uid) ? uid : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // An image without ls: there, setting the mode tells all but root.
            return null;
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint geteuid();
}
