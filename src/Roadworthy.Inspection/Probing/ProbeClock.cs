using System.Diagnostics;

namespace Roadworthy.Inspection.Probing;

/// <summary>How long may be tried. The whole ends when it ends; a probe has its share of what is left, so that no probe starves those behind it.</summary>
/// <param name="whole">How long there is.</param>
/// <param name="asked">How long was asked for, where the way to here took a part of it. Default: the whole.</param>
internal sealed class ProbeClock(TimeSpan whole, TimeSpan? asked = null)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _until = whole;

    public TimeSpan Whole { get; } = whole;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Of the present share.</summary>
    public TimeSpan Left => _until > Elapsed ? _until - Elapsed : TimeSpan.Zero;

    /// <summary>Whether the present share is used up: what was not tried is inconclusive, with this as the reason.</summary>
    public bool IsUp => Left == TimeSpan.Zero;

    /// <summary>What a result says that was not tried for it.</summary>
    public string Reason => $"The time was over before it was tried (--budget {(asked ?? Whole).TotalSeconds:0}s): give more, or name the endpoint.";

    /// <summary>Begins a share: this part, from 0 to 1, of what is left of the whole.</summary>
    public void Share(double part) => _until = Elapsed + ((Whole - Elapsed) * part);
}
