using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>Whether the API itself keeps one user's things from another: seen by its lists.</summary>
internal sealed class Visibility(ProbeContext context, Bench bench, Identity owner, Identity other)
{
    private readonly Dictionary<string, (HashSet<string>? Own, HashSet<string>? Others)> _lists = new(StringComparer.Ordinal);

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
        if (!_lists.TryGetValue(key, out var seen)) _lists[key] = seen = (await IdsAsync(asked, owner, ct), await IdsAsync(asked, other, ct));
        if (seen.Own is null) return null;
        if (seen.Others is null) return true;
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

    private async Task<HashSet<string>?> IdsAsync(Call call, Identity who, CancellationToken ct)
    {
        var trial = await bench.TryAsync(call, who, ct);
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
        foreach (var (name, value) in of)
            if (Names.Plain(name) is "id" or "uuid" or "slug" or "sku" or "key" or "code" or "reference" && JsonCopy.Scalar(value) is { } text) ids.Add(text);
            else if (value is JsonObject inner) Item(inner, ids);
    }
}
