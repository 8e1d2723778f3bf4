using System.Diagnostics;
using System.Globalization;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Spectre.Console;

namespace Roadworthy.Cli.Rendering;

/// <summary>Says what is being done, how long it has still, and what was found meanwhile: as a line that changes where somebody looks, else line by line.</summary>
internal sealed class ProgressView(TextWriter error, bool isInteractive)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private volatile ProbeClock? _clock;
    private volatile string _doing = "Beginning";
    private IAnsiConsole? _console;
    private StatusContext? _status;

    /// <summary>Runs something whose progress it is.</summary>
    public async Task<T> ShowAsync<T>(Func<Task<T>> run)
    {
        if (!isInteractive) return await run();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return await console.Status().StartAsync(Text(), async status =>
        {
            lock (_lock) (_console, _status) = (console, status);
            await using var beat = new Timer(_ => Refresh(), null, Beat, Beat);
            try
            {
                return await run();
            }
            finally
            {
                lock (_lock) (_console, _status) = (null, null);
            }
        });
    }

    public void Doing(string sentence)
    {
        _doing = Plain.Of(sentence);
        if (isInteractive) Refresh();
        else Line($"  {Time()}  {_doing}");
    }

    public void Timed(ProbeClock clock) => _clock = clock;

    public void Found(RuleResult result)
    {
        foreach (var finding in result.Findings.Where(finding => finding.Verdict == Verdict.Fail))
        {
            lock (_lock)
            {
                if (!_told.Add(finding.Id)) continue;
            }

            Line($"  {Time()}  {finding.Rule}  {Plain.Of($"{finding.Endpoint}: {finding.Summary}")}");
        }
    }

    private void Line(string text)
    {
        lock (_lock)
        {
            // The console draws the line that changes below it again.
            if (_console is not null) _console.MarkupLine(Markup.Escape(text));
            else error.WriteLine(text);
        }
    }

    private void Refresh()
    {
        lock (_lock) _status?.Status(Text());
    }

    private string Text() => Markup.Escape($"{Time()}  {_doing}");

    private string Time()
    {
        var gone = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        return _clock is { } clock
            ? string.Create(CultureInfo.InvariantCulture, $"{gone,4:0} s, {Math.Max(0, (clock.Whole - clock.Elapsed).TotalSeconds):0} s left")
            : string.Create(CultureInfo.InvariantCulture, $"{gone,4:0} s");
    }
}
