using System.Diagnostics;
using System.Text;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing;

/// <summary>Makes evidence of what was observed: masked, cut to what a person reads.</summary>
internal sealed class EvidenceMaker(SecretScrubber scrubber, Uri address)
{
    private const int LongestBody = 4000;
    private const int MostLines = 40;
    private static readonly string[] Shown = ["Authorization", "Content-Type", "Cookie", "Location", "Retry-After", "Idempotency-Key", "ETag", "If-Match", "Traceparent"];

    public ExchangeEvidence Of(string caption, Exchange exchange) => new(
        caption, scrubber.Scrub(Request(exchange.Request)), exchange.Status, scrubber.Scrub(Response(exchange)), Math.Round(exchange.Elapsed.TotalMilliseconds, 1));

    /// <summary>What the backend wrote meanwhile; where it wrote nothing, that is said.</summary>
    public LogEvidence Log(string caption, Exchange exchange) => new(caption, [.. exchange.Log.Take(MostLines).Select(scrubber.Scrub).DefaultIfEmpty("(nothing)")]);

    public StatementsEvidence Statements(string caption, IEnumerable<StatementRecord> statements, Func<StatementShape, string?>? note = null) => new(
        caption,
        [.. statements.GroupBy(record => record.Shape)
            .Select(group => new StatementLine(
                scrubber.Scrub(group.Key.Text), group.Count(), group.Sum(record => Math.Max(record.Rows, record.Shape.Kind == StatementKind.Write ? record.AffectedRows : 0)),
                Math.Round(group.Sum(record => record.Duration.TotalMilliseconds), 2), note?.Invoke(group.Key)))
            .OrderByDescending(line => line.Count).ThenByDescending(line => line.Milliseconds)]);

    public WaterfallEvidence Waterfall(string caption, Observation observation, Func<StatementRecord, bool> isMarked) => new(
        caption, Math.Round(observation.Exchange.Elapsed.TotalMilliseconds, 2),
        [.. observation.Statements.OrderBy(record => record.SentAt).Take(200).Select(record => new WaterfallBar(
            scrubber.Scrub(record.Shape.Text), Math.Round(Stopwatch.GetElapsedTime(observation.Exchange.StartedAt, record.SentAt).TotalMilliseconds, 2), Math.Round(record.Duration.TotalMilliseconds, 2), isMarked(record)))]);

    /// <summary>The request as a line for a shell.</summary>
    public string Curl(Exchange exchange) => scrubber.Scrub(CurlLine.Of(address, exchange.Request));

    private static string Request(WireRequest request)
    {
        var text = new StringBuilder(request.Method).Append(' ').Append(request.Target);
        foreach (var (name, value) in request.Headers.Where(header => Shown.Contains(header.Key, StringComparer.OrdinalIgnoreCase))) text.Append('\n').Append(name).Append(": ").Append(Secrets.Header(name, value));
        if (request.BodyText is { } body) text.Append("\n\n").Append(request.Leading > 0 ? $"({request.Leading} spaces) " : "").Append(Cut(Secrets.Text(body)));
        return text.ToString();
    }

    private static string Response(Exchange exchange)
    {
        if (exchange.Response is not { } response) return exchange.Failure ?? "no answer";
        var text = new StringBuilder();
        foreach (var (name, value) in response.Headers.Where(header => Shown.Contains(header.Key, StringComparer.OrdinalIgnoreCase))) text.Append(name).Append(": ").Append(Secrets.Header(name, value)).Append('\n');
        return text.Append('\n').Append(Cut(Secrets.Text(response.Text))).ToString().Trim('\n');
    }

    private static string Cut(string text) => text.Length <= LongestBody ? text : $"{text[..LongestBody]}... ({text.Length - LongestBody} characters more)";
}
