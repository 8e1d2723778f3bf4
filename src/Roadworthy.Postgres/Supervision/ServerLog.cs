using Roadworthy.Postgres.Folders;

namespace Roadworthy.Postgres.Supervision;

/// <summary>The server's log since a given point, for what it says about a start that failed.</summary>
internal sealed class ServerLog(InstanceFolder folder)
{
    private const int TailLines = 20;

    private readonly long _start = new FileInfo(folder.Log) is { Exists: true } file ? file.Length : 0;

    public string Read()
    {
        // The folder belongs to the server's account: a link there is none of ours.
        if (!File.Exists(folder.Log) || new FileInfo(folder.Log).LinkTarget is not null) return "";
        using var stream = new FileStream(folder.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(Math.Min(_start, stream.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static string Tail(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) return "";
        var newLine = Environment.NewLine;
        return $"{newLine}The end of its log:{newLine}{string.Join(newLine, lines.TakeLast(TailLines).Select(line => "  " + line.TrimEnd()))}";
    }
}
