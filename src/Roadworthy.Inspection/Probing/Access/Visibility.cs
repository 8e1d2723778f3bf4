using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>Whether the API itself keeps one user's things from another: seen by its lists.</summary>
internal sealed class Visibility(ProbeContext context, Bench bench, Identity owner, Identity other)
{
    private readonly Dictionary<string, (HashSet<string>? Own, HashSet<string>? Others, bool IsRefused)> _lists = new(StringComparer.Ordinal);

    /// <summary>True where the list that a thing stands in shows it to its owner only; false where it shows it to the other too; null where no list tells.</summary>
    public async Task<bool?> IsPrivateAsync(Call call, Binding binding, CancellationToken ct)
    {
        var collection = Collection(call.Operation, binding);
        var list = context.Operations.FirstOrDefault(each => each.Method == "GET" && each.Path.TrimEnd('/') == collection);
        if (list is null) return null;
        var asked = new Call { Operation = list };
        foreach (var parameter in list.Parameters.Where(parameter => parameter.Place is ParameterPlace.Path))
        {
            if (!call.Path.TryGetValue(parameter.Name, out var value)) return null;
            asked.Path[parameter.Name] = value;
        }

        var key = $"{list.Key} {string.Join(' ', asked.Path.Values)}";
        if (!_lists.TryGetValue(key, out var seen)) _lists[key] = seen = await ListsAsync(asked, ct);
        if (seen.Own is null) return null;
        // A list that fails keeps nothing from anybody.
        if (seen.Others is null) return seen.IsRefused ? true : null;
        if (seen.Others.Contains(binding.Value)) return false;
        // What stands on another page is in neither: then nothing may be in both.
        return seen.Own.Contains(binding.Value) || (seen.Own.Count > 0 && seen.Others.Count > 0) ? !seen.Own.Overlaps(seen.Others) : null;
    }

    /// <summary>The path before a thing's own place: <c>/orders</c> of <c>/orders/{id}/cancel</c>.</summary>
    public static string Collection(ApiOperation operation, Binding binding)
    {
        var end = operation.Path.IndexOf($"/{{{binding.Where["path:".Length..]}}}", StringComparison.Ordinal);
        return end < 0 ? operation.Path : operation.Path[..end];
    }

    private async Task<(HashSet<string>? Own, HashSet<string>? Others, bool IsRefused)> ListsAsync(Call call, CancellationToken ct)
    {
        var (own, others) = (await bench.TryAsync(call, owner, ct), await bench.TryAsync(call, other, ct));
        return (Ids(own), Ids(others), others.Status is 401 or 403 or 404);
    }

    private static HashSet<string>? Ids(Trial trial)
    {
        if (!trial.Succeeded) return null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        Collect(trial.Exchange.Response!.Json, ids, 0);
        return ids;
    }

    /// <summary>What the things of an answer are named by.</summary>
    public static void Collect(JsonNode? node, HashSet<string> ids, int depth)
    {
        if (depth > 4) return;
        if (node is JsonArray list) foreach (var item in list) Item(item, ids);
        if (node is JsonObject of) foreach (var (_, value) in of) Collect(value, ids, depth + 1);
    }

    private static void Item(JsonNode? item, HashSet<string> ids)
    {
        if (item is not JsonObject of) return;
        var own = of.Where(member => Names.Plain(member.Key) is "id" or "uuid" or "slug" or "sku" or "key" or "code" or "reference").Select(member => JsonCopy.Scalar(member.Value)).OfType<string>().ToList();
        ids.UnionWith(own);
        // What is within a thing that is named itself are other things, whose numbers may be the same.
        if (own.Count > 0) return;
        foreach (var (_, value) in of) Item(value, ids);
    }
}
