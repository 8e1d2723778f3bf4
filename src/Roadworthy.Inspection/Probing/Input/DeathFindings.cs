using System.Globalization;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>RW150 and RW156 of requests that nothing was wrong with, and that the backend's process ended of: while it was surveyed, or read with its data grown.</summary>
internal static class DeathFindings
{
    /// <summary>In a recipe, where other findings name the change.</summary>
    public const string Change = "as it is";

    /// <summary>Each is told once, however often this is asked for.</summary>
    public static void Publish(ProbeContext context)
    {
        var all = context.Setup.Driver.Deaths?.All ?? [];
        foreach (var group in all.Where(death => death.Exchange.Operation is { } operation && context.WantsEndpoint(operation.Key)).GroupBy(death => (death.Exchange.Operation!.Key, death.IsSure)))
            context.Results.Add(Of(context, [.. group]));
    }

    private static Finding Of(ProbeContext context, List<Death> all)
    {
        var death = all.Find(each => each.Exchange.Log.Count > 0) ?? all[0];
        var (exchange, operation) = (death.Exchange, death.Exchange.Operation!);
        var mark = CrashMark.Of(exchange.Log);
        var rule = operation.Body is null && exchange.Request.Body is null && operation.Parameters.Any(parameter => parameter.Place is ParameterPlace.Path or ParameterPlace.Query) ? InputRules.BrokenParameter : InputRules.ServerError;
        return new Finding
        {
            Rule = rule.Id,
            Endpoint = operation.Key,
            Verdict = death.IsSure ? Verdict.Fail : Verdict.Advisory,
            Summary = !death.IsSure ? "the backend's process ended a while after this was answered, and did not when it, and what was asked before it, was asked again: another request, or a timer, may have done it"
                : string.Create(CultureInfo.InvariantCulture, $"an ordinary request: the backend's process ends{(death.IsLate ? " a while after its answer" : "")}{(all.Count > 1 ? $" ({all.Count} times, as {string.Join(" and ", all.Select(each => each.Exchange.Identity).Distinct(StringComparer.Ordinal))})" : "")}"),
            Fingerprint = death.IsSure ? "ends" : "ended",
            Evidence = [context.Evidence.Of(death.IsSure ? "the request that does it" : "the last request that was answered", exchange), context.Evidence.Log("what the backend wrote", exchange)],
            Commands = [context.Evidence.Curl(exchange)],
            Recipe = InputRecipe.Of(rule, operation, "", Change),
            Source = mark.Source,
            Remedy = "Nothing that one request does may end the process for all others: await what is started, and let the framework turn what is thrown into a 500. What ended it stands in the log.",
        };
    }
}
