using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>Makes findings of failures.</summary>
internal static class ErrorFindings
{
    public const string Name = "errors";

    /// <summary>Stands in every failure that is made up: where it is seen, the database's words are.</summary>
    public const string Canary = "roadworthy-made-this-fail";

    public static Finding Of(ProbeContext context, Rule rule, Target target, Verdict verdict, string summary, string fingerprint, Exchange exchange, IEnumerable<Evidence> evidence, string? remedy = null) => new()
    {
        Rule = rule.Id,
        Endpoint = target.Operation.Key,
        Verdict = verdict,
        Summary = summary,
        Fingerprint = fingerprint,
        Evidence = [.. evidence],
        Remedy = remedy,
        Commands = [context.Evidence.Curl(exchange)],
        Recipe = $"{Name} {rule.Id} {target.Operation.Key}",
        Source = Input.CrashMark.Of(exchange.Log).Source,
    };

    public static StatementFilter Only(StatementShape shape) => (in PendingStatement statement) => statement.Shape == shape;
}
