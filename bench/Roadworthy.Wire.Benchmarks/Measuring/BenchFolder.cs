namespace Roadworthy.Wire.Benchmarks.Measuring;

/// <summary>A folder for configurations and logs that other accounts can read, as pgbouncer does not run as root.</summary>
internal sealed class BenchFolder : IDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public string Path { get; } = Directory.CreateTempSubdirectory("wire-bench-").FullName;

    public BenchFolder()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, Readable);
    }

    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
