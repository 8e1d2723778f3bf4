using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing;

/// <summary>Finds several things of the kind that a field refers to, and makes more where there are too few.</summary>
internal static class References
{
    /// <summary>The one that is referred to, then others, all different; fewer than asked for where no more can be made.</summary>
    public static async Task<IReadOnlyList<string>> SeveralAsync(ProbeContext context, Binding reference, Identity identity, int count, CancellationToken ct)
    {
        var resources = context.Setup.Driver.Resources;
        var property = resources.Of(reference.Resource).FirstOrDefault(each => each.Value == reference.Value)?.Property ?? "id";
        var found = Known();
        if (found.Count < count && resources.Of(reference.Resource).FirstOrDefault(each => each.Created)?.Source is { } maker && context.WhoCan(maker) is { } who)
        {
            for (var n = found.Count; n < count; n++) await context.Setup.Driver.SolveAsync(maker, who, ct);
            found = Known();
        }

        return [.. found.Take(count)];

        // What the API itself made is whole; what stands in a list may be anybody's.
        List<string> Known() =>
            [.. resources.Of(reference.Resource).Where(each => each.Property == property && each.Value != reference.Value && (each.Created || each.SeenBy.Contains(identity.Name)))
                .OrderByDescending(each => each.Created).ThenByDescending(each => each.Order).Select(each => each.Value).Prepend(reference.Value).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The id of what a request has made, as its answer told it; null where it did not.</summary>
    public static string? Made(ProbeContext context, Exchange exchange, ApiOperation operation)
    {
        if (!exchange.Succeeded) return null;
        var text = exchange.Response!.Text + exchange.Response.Header("Location");
        return context.Setup.Driver.Resources.Of(Names.KindOf(Names.CollectionOf(operation.Path) ?? "")).Where(each => each.Created && text.Contains(each.Value, StringComparison.Ordinal))
            .OrderByDescending(each => each.Property == "id").ThenByDescending(each => each.Order).FirstOrDefault()?.Value;
    }
}
