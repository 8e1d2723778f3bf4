namespace Roadworthy.Postgres.Tests.Support;

/// <summary>A folder that every account can reach, deleted with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private const UnixFileMode Open = (UnixFileMode)0b111_101_101;

    public TempFolder()
    {
        Root = Directory.CreateTempSubdirectory("rw-pg-tests-").FullName;
        File.SetUnixFileMode(Root, Open);
    }

    public string Root { get; }

    /// <summary>A data folder that does not exist yet.</summary>
    public string Data => Path.Combine(Root, "data");

    public string Cluster => Path.Combine(Data, "server", "data");

    public void Dispose()
    {
        ProcessTable.KillAllIn(Root);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Directory.Delete(Root, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 20)
            {
                // A process that was killed above may still have been writing.
                Thread.Sleep(50);
            }
        }
    }
}
