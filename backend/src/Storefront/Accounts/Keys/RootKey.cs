using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Storefront.Hosting;

namespace Storefront.Accounts.Keys;

/// <summary>
/// The one secret that lives in configuration only. Every other key is derived from it (HKDF-SHA256, RFC 5869), or sealed with
/// a derived one before it is stored: a dump of the database mints nothing.
/// </summary>
internal sealed class RootKey
{
    public const int Length = 32;

    private readonly byte[] _key;

    public RootKey(IOptions<StorefrontOptions> options, IHostEnvironment environment)
        : this(Find(options.Value, environment))
    {
    }

    internal RootKey(byte[] key) => _key = key;

    /// <summary>A key of 256 bits for one purpose. Other purposes, other keys: none tells anything of another.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, 32, salt: null, Encoding.UTF8.GetBytes($"roadworthy/storefront/{purpose}"));

    /// <summary>What is wrong with a configured key; null when nothing is.</summary>
    public static string? Fault(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "it is missing";
        Span<byte> bytes = stackalloc byte[256];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var length)) return "it is not base64";
        if (length != Length) return $"it holds {length} bytes in place of {Length}";
        var distinct = bytes[..length].ToArray().Distinct().Count();
        return distinct < 8 ? "it is not random" : null;
    }

    private static byte[] Find(StorefrontOptions options, IHostEnvironment environment)
    {
        var text = options.RootKey ?? ReadOrCreate(options.RootKeyFile, environment);
        if (Fault(text) is { } fault)
        {
            throw new InvalidOperationException(
                $"Storefront:RootKey can't be used: {fault}. Make one with 'openssl rand -base64 {Length}' and set it as the environment "
                + "variable Storefront__RootKey, or name a file that holds it in Storefront__RootKeyFile. Keep it out of the database and of "
                + "the repository, and use the same on every instance.");
        }

        return Convert.FromBase64String(text!.Trim());
    }

    private static string? ReadOrCreate(string? path, IHostEnvironment environment)
    {
        if (path is null) return null;
        if (!File.Exists(path) && environment.IsDevelopment()) Create(path);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    private static void Create(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, file)) writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
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
