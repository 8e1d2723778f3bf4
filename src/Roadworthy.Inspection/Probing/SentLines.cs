using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing;

/// <summary>A body's list of things that refer to something: the lines of an order. It can be made longer, or one of them wrong.</summary>
/// <param name="Pointer">The list: <c>/items</c>.</param>
/// <param name="Field">What refers, within a line; empty where the line itself is the reference.</param>
/// <param name="Reference">As the first line has it.</param>
internal sealed record SentLines(Call Call, string Pointer, string Field, Binding Reference)
{
    public static SentLines? Of(Call call)
    {
        foreach (var binding in call.Bindings.Where(binding => binding.Where.Contains("/0", StringComparison.Ordinal)))
        {
            var parts = binding.Where.Split("/0", 2);
            var field = parts[1].TrimStart('/');
            if (field.Contains('/', StringComparison.Ordinal) || Find(call.Body, parts[0]) is not { Count: > 0 } list) continue;
            if (field.Length == 0 ? list[0] is JsonValue : list[0] is JsonObject of && of.ContainsKey(field)) return new SentLines(call, parts[0], field, binding);
        }

        return null;
    }

    /// <summary>The same call with a line for each reference.</summary>
    public Call With(IEnumerable<string> references)
    {
        var call = Call.Copy();
        var list = Find(call.Body, Pointer)!;
        var line = list[0]!.DeepClone();
        list.Clear();
        foreach (var reference in references)
        {
            var made = line.DeepClone();
            if (Field.Length == 0) made = Like(made, reference)!;
            else made[Field] = Like(made[Field], reference);
            list.Add(made);
        }

        return call;
    }

    /// <summary>A number stays one.</summary>
    private static JsonValue? Like(JsonNode? before, string value) =>
        before?.GetValueKind() is System.Text.Json.JsonValueKind.Number && long.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(value);

    private static JsonArray? Find(JsonNode? body, string pointer)
    {
        foreach (var name in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries)) body = body is JsonObject of ? of[name] : null;
        return body as JsonArray;
    }
}
