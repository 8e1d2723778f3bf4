using System.Runtime.InteropServices;
using System.Text;

namespace Roadworthy.Postgres.Processes;

internal static partial class Posix
{
    public const int SigQuit = 3;
    public const int SigKill = 9;

    public static void ChangeOwner(string path, uint uid, uint gid)
    {
        if (lchown(path, uid, gid) != 0)
            throw new IOException($"chown {uid}:{gid} '{path}': {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public static bool Signal(int processId, int signal) => kill(processId, signal) == 0;

    /// <summary>A new folder with mode 0700 and a name that nobody can foresee, so that nobody can have put a link there.</summary>
    public static string CreatePrivateFolder(string prefix)
    {
        var template = Encoding.UTF8.GetBytes(prefix + "XXXXXX\0");
        if (mkdtemp(template) == 0)
            throw new IOException($"mkdtemp '{prefix}XXXXXX': {Marshal.GetLastPInvokeErrorMessage()}");
        return Encoding.UTF8.GetString(template.AsSpan(0, template.Length - 1));
    }

    public static string RealPath(string path)
    {
        var resolved = realpath(path, 0);
        if (resolved == 0) return path;
        try
        {
            return Marshal.PtrToStringUTF8(resolved)!;
        }
        finally
        {
            free(resolved);
        }
    }

    /// <summary>User and group id of an account, or null when there is none of that name.</summary>
    public static (uint Uid, uint Gid)? FindAccount(string name)
    {
        // struct passwd begins with two pointers and both ids on Linux (glibc, musl), macOS and FreeBSD alike.
        var entry = getpwnam(name);
        if (entry == 0) return null;
        return ((uint)Marshal.ReadInt32(entry, 2 * nint.Size), (uint)Marshal.ReadInt32(entry, 2 * nint.Size + 4));
    }

    public static uint EffectiveUser() => geteuid();

    public static uint EffectiveGroup() => getegid();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint owner, uint group);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mkdtemp(byte[] template);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint realpath(string path, nint resolved);

    [LibraryImport("libc")]
    private static partial void free(nint pointer);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint getpwnam(string name);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc")]
    private static partial uint getegid();
}
