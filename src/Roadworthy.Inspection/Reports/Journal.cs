using System.Text.Json;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Reports;

/// <summary>
/// Results as they come, one line of JSON each, handed to the operating system before the inspection goes on: whatever ends it, what was found so far
/// is there (<c>results.jsonl</c>).
/// </summary>
public sealed class Journal : IDisposable
{
    /// <summary>The file's name within the folder of reports.</summary>
    public const string FileName = "results.jsonl";

    private readonly FileStream _file;
    private readonly Lock _writing = new();

    /// <param name="folder">The folder of reports; made where it is missing.</param>
    /// <param name="run">What is inspected, as far as that is known at the beginning.</param>
    /// <exception cref="IOException">The folder can't be written to.</exception>
    public Journal(string folder, RunFacts run)
    {
        Directory.CreateDirectory(folder);
        _file = new FileStream(Path.Combine(folder, FileName), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Write(new JournalLine { Run = run });
    }

    /// <summary>Adds a result.</summary>
    public void Add(RuleResult result) => Write(new JournalLine { Result = result });

    /// <summary>Reads what a run left, complete or not.</summary>
    /// <param name="folder">The folder of reports.</param>
    /// <exception cref="FileNotFoundException">There is no journal.</exception>
    /// <exception cref="InvalidDataException">It is no journal.</exception>
    public static (RunFacts Run, IReadOnlyList<RuleResult> Results) Read(string folder)
    {
        RunFacts? run = null;
        var results = new List<RuleResult>();
        foreach (var text in File.ReadLines(Path.Combine(folder, FileName)))
        {
            if (TryParse(text) is not { } line) break;
            run ??= line.Run;
            if (line.Result is { } result) results.Add(result);
        }

        return (run ?? throw new InvalidDataException($"'{Path.Combine(folder, FileName)}' does not begin with the facts of a run. Give the folder that an inspection wrote to (--output)."), results);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    // The line in which a killed run was interrupted is none.
    private static JournalLine? TryParse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(text, ReportJson.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write(JournalLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, ReportJson.Compact), (byte)'\n'];
        lock (_writing) _file.Write(bytes);
    }

    private sealed record JournalLine
    {
        public RunFacts? Run { get; init; }

        public RuleResult? Result { get; init; }
    }
}
