using Roadworthy.Console.Text;
using Roadworthy.Queries;

namespace Roadworthy.Console.Requests;

/// <summary>The spans of a request as lanes of one picture. What was repeated below the same parent is one lane with many bars.</summary>
internal sealed class Waterfall
{
    private const int SmallestRepeat = 3;
    private const int MostIndent = 6;

    private Waterfall(TimeSpan whole, IReadOnlyList<Lane> lanes) => (Whole, Lanes) = (whole, lanes);

    /// <summary>What the picture's width stands for: the request, or what of it lasted longest.</summary>
    public TimeSpan Whole { get; }

    public IReadOnlyList<Lane> Lanes { get; }

    public static Waterfall Of(RequestTrace trace)
    {
        var whole = trace.Spans.Select(span => span.Offset + span.Duration).Append(trace.Duration).Max();
        if (whole <= TimeSpan.Zero) whole = TimeSpan.FromTicks(1);
        var lanes = new List<Lane>();
        var repeated = new Dictionary<(int Parent, string Fingerprint), Lane>();
        foreach (var group in Counts(trace)) repeated[group] = new();
        foreach (var span in trace.Spans)
        {
            var lane = span.Fingerprint is { } fingerprint ? repeated.GetValueOrDefault((span.ParentIndex, fingerprint)) : null;
            lane ??= new();
            if (lane.Spans.Count == 0)
            {
                lane.Repeat = trace.Repeats.FirstOrDefault(repeat => repeat.Fingerprint == span.Fingerprint);
                lanes.Add(lane);
            }

            lane.Spans.Add(span);
        }

        return new(whole, lanes);
    }

    public string X(TimeSpan offset) => Figures.Percent(offset / Whole);

    /// <summary>Never so thin that it can't be seen.</summary>
    public string Width(TimeSpan duration) => Figures.Percent(Math.Max(duration / Whole, 0.004));

    private static IEnumerable<(int Parent, string Fingerprint)> Counts(RequestTrace trace) =>
        from span in trace.Spans
        where span.Fingerprint is not null
        group span by (span.ParentIndex, span.Fingerprint!) into same
        where same.Count() >= SmallestRepeat
        select same.Key;

    internal sealed class Lane
    {
        public List<RequestSpan> Spans { get; } = [];

        public RepeatedStatement? Repeat { get; set; }

        public RequestSpan First => Spans[0];

        public bool IsNPlusOne => Repeat is { IsNPlusOne: true };

        public int Indent => Math.Clamp(First.Depth, 0, MostIndent);

        public bool Failed => Spans.Exists(span => span.Failed);

        public TimeSpan Duration => Spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Duration);

        public string Kind => Failed ? "failed" : IsNPlusOne ? "loud" : First.Sql is null ? "other" : "sql";

        public string Label => First.Sql is { } sql ? RequestWords.Sql(sql, 160) : Visible.Line(First.Name, 160);
    }
}
