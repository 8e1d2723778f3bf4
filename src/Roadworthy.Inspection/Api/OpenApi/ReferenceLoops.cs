using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>References that lead to nothing, out of the document, or only to one another: each becomes "anything".</summary>
internal static class ReferenceLoops
{
    private const int Longest = 32;

    public static void Break(JsonObject tree, FaultList faults)
    {
        foreach (var (holder, target) in References.In(tree).ToList())
        {
            if (Reason(tree, target) is not { } reason) continue;
            faults.Add($"The reference '{target}' {reason}; anything is taken for allowed there.");
            // A response or a parameter may stand here too: a description does no harm to any.
            holder.Clear();
            holder["description"] = "";
        }
    }

    private static string? Reason(JsonObject tree, string target)
    {
        if (!target.StartsWith('#')) return "leads out of the document";
        var at = References.Follow(tree, target);
        for (var steps = 0; steps < Longest; steps++)
        {
            if (at is null) return "leads nowhere";
            if (at is not JsonObject of || of["$ref"] is not JsonValue next) return null;
            at = References.Follow(tree, next.ToString());
        }

        return "leads in a circle";
    }
}
