using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Roadworthy.Sessions.Keys;

/// <summary>A root key in a file, made in development where it is missing.</summary>
internal static class RootKeyFile
{
    /// <returns>What the file holds; null where there is none, and none was to be made.</returns>
    public static string? Read(string path, bool create)
    {
        if (!File.Exists(path) && create) Create(path);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    private static void Create(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, file)) writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(RootKey.Length)));
        try
        {
            // Where a link can't be had (Windows, some file systems), a move: it looks first and renames then, so that of two
            // starts at once on Unix the second could replace the key that the first has read.
            if (OperatingSystem.IsWindows() || (Link(draft, path) != 0 && !File.Exists(path))) File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another start was first: its key is the one.
        }

        File.Delete(draft);
    }

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string path);
}
