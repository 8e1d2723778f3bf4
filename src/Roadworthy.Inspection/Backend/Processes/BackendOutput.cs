using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Backend;

/// <summary>What a backend has written: each line with its time, the last 20,000 of them.</summary>
internal sealed partial class BackendOutput
{
    private const int MostLines = 20_000;
    private const int LongestLine = 8_000;

    private readonly Queue<OutputLine> _lines = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>All that is kept, as a person may see it.</summary>
    public string Text => string.Join('\n', Lines.Select(line => line.Shown));

    public IReadOnlyList<OutputLine> Lines
    {
        get
        {
            lock (_lock) return [.. _lines];
        }
    }

    /// <summary>The last lines that tell a person something: under a long stack the reason would be cut off.</summary>
    public IEnumerable<string> Told(int count) => Lines.Select(line => line.Shown).Where(line => !string.IsNullOrWhiteSpace(line) && !Frame().IsMatch(line)).TakeLast(count);

    /// <summary>What was written between two times, as <see cref="Stopwatch.GetTimestamp"/> counts.</summary>
    public IReadOnlyList<OutputLine> Between(long from, long to)
    {
        lock (_lock) return [.. _lines.Where(line => line.At >= from && line.At <= to)];
    }

    /// <summary>Until nothing was written for a while, or the limit is over: what a request wrote is then there.</summary>
    public async Task QuietAsync(TimeSpan quiet, TimeSpan limit, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < limit)
        {
            Task news;
            TimeSpan since;
            lock (_lock) (news, since) = (_news.Task, Stopwatch.GetElapsedTime(Math.Max(_last, started)));
            if (since >= quiet) return;
            await Task.WhenAny(news, Task.Delay(quiet - since, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    public async Task ReadAsync(Stream from, bool isError)
    {
        var reader = new StreamReader(from, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false));
        var (buffer, line) = (new char[4096], new StringBuilder());
        try
        {
            while (await reader.ReadAsync(buffer) is > 0 and var count)
            {
                foreach (var c in buffer.AsSpan(0, count))
                {
                    if (c == '\n') Add(line, isError);
                    else if (line.Length < LongestLine) line.Append(c);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It ended in the middle of a line.
        }

        if (line.Length > 0) Add(line, isError);
    }

    /// <summary>Without colours and other control characters.</summary>
    public static string Plain(string text) => Control().Replace(Ansi().Replace(text, ""), "");

    private void Add(StringBuilder line, bool isError)
    {
        TaskCompletionSource told;
        lock (_lock)
        {
            if (_lines.Count == MostLines) _lines.Dequeue();
            _last = Stopwatch.GetTimestamp();
            _lines.Enqueue(new OutputLine(_last, line.ToString().TrimEnd('\r'), isError));
            (told, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        line.Clear();
        told.TrySetResult();
    }

    [GeneratedRegex(@"^\s+at \S")]
    private static partial Regex Frame();

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)|[@-Z\\-_])")]
    private static partial Regex Ansi();

    [GeneratedRegex(@"[\x00-\x08\x0B-\x1F\x7F-\x9F]")]
    private static partial Regex Control();
}

/// <param name="At">As <see cref="Stopwatch.GetTimestamp"/> counts.</param>
/// <param name="Raw">As it was written, control characters and all.</param>
internal sealed record OutputLine(long At, string Raw, bool IsError)
{
    public string Shown => BackendOutput.Plain(Raw);
}
