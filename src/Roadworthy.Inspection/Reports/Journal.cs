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

    /// <summary>Adds a result: in place of an earlier one of the same rule and endpoint.</summary>
    public void Add(RuleResult result) => Write(new JournalLine { Result = result });

    /// <summary>Says that it came to its end, with the facts as they are then.</summary>
    public void End(RunFacts run) => Write(new JournalLine { Run = run, IsEnd = true });

    /// <summary>Reads what a run left, complete or not.</summary>
    /// <param name="folder">The folder of reports.</param>
    /// <exception cref="FileNotFoundException">There is no journal.</exception>
    /// <exception cref="InvalidDataException">It is no journal.</exception>
    public static JournalContents Read(string folder)
    {
        RunFacts? run = null;
        var isComplete = false;
        var order = new List<(string Rule, string Endpoint)>();
        var results = new Dictionary<(string Rule, string Endpoint), RuleResult>();
        foreach (var text in Lines(Path.Combine(folder, FileName)))
        {
            if (TryParse(text) is not { } line) break;
            isComplete |= line.IsEnd;
            run = line.IsEnd ? line.Run ?? run : run ?? line.Run;
            if (line.Result is not { } result) continue;
            var key = (result.Rule, result.Endpoint);
            if (!results.ContainsKey(key)) order.Add(key);
            results[key] = result;
        }

        return new(
            run ?? throw new InvalidDataException($"'{Path.Combine(folder, FileName)}' does not begin with the facts of a run. Give the folder that an inspection wrote to (--output)."),
            [.. order.Select(key => results[key])], isComplete);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static IEnumerable<string> Lines(string file)
    {
        // Its writer may be at work still.
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line) yield return line;
    }

    // The line in which a killed run was interrupted is none; nor is one of a rule that this version does not have.
    private static JournalLine? TryParse(string text)
    {
        try
        {
            var line = JsonSerializer.Deserialize<JournalLine>(text, ReportJson.Compact);
            return line?.Result is { } result && RuleCatalogue.Find(result.Rule) is null ? null : line;
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

        public bool IsEnd { get; init; }
    }
}

/// <param name="Run">What was inspected: as it was known at the end, where there was one.</param>
/// <param name="Results">The last of each rule and endpoint.</param>
/// <param name="IsComplete">Whether the inspection came to its end.</param>
public sealed record JournalContents(RunFacts Run, IReadOnlyList<RuleResult> Results, bool IsComplete);
