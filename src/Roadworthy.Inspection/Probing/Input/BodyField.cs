using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>What can be wrong with a field's value.</summary>
internal enum FieldKind
{
    Text,
    Integer,
    Number,
    Boolean,
    Date,
    Instant,
    Choice,

    /// <summary>Of something else that exists.</summary>
    Reference,

    /// <summary>A password, a token: never compared, never shown.</summary>
    Secret,
}

/// <summary>A scalar in a body that works.</summary>
/// <param name="Pointer">Such as <c>/items/0/quantity</c>.</param>
/// <param name="Value">That works.</param>
/// <param name="Schema">What the description says of it; null where it says nothing.</param>
internal sealed partial record BodyField(string Pointer, string Name, FieldKind Kind, JsonNode Value, Schema? Schema, bool Required)
{
    private const int Deepest = 4;
    private const int Most = 40;

    /// <summary>As it stands in a report: <c>items[0].quantity</c>.</summary>
    public string Shown => Index().Replace(Pointer, "[$1]").TrimStart('/').Replace('/', '.');

    /// <summary>Those of a call's body, of each list the first item's.</summary>
    public static IReadOnlyList<BodyField> Of(Call call)
    {
        var found = new List<BodyField>();
        if (call.Operation.Body is { } body && call.MediaType is { } type) Walk(call, call.Body, body.Content.GetValueOrDefault(type), "", found, 0);
        else Walk(call, call.Body, null, "", found, 0);
        return [.. found.Take(Most)];
    }

    private static void Walk(Call call, JsonNode? node, Schema? schema, string pointer, List<BodyField> found, int depth)
    {
        if (depth > Deepest) return;
        if (node is JsonArray { Count: > 0 } list) Walk(call, list[0], schema?.Items, $"{pointer}/0", found, depth + 1);
        if (node is not JsonObject of) return;
        foreach (var (name, value) in of)
        {
            var known = Property(schema, name);
            if (value is JsonValue scalar)
            {
                var at = $"{pointer}/{name}";
                found.Add(new BodyField(at, name, KindOf(call, at, name, scalar, known), scalar, known, schema?.Required.Contains(name) is true));
            }
            else
            {
                Walk(call, value, known, $"{pointer}/{name}", found, depth + 1);
            }
        }
    }

    private static Schema? Property(Schema? schema, string name) =>
        schema is null ? null : schema.Properties.GetValueOrDefault(name) ?? schema.Alternatives.Select(each => each.Properties.GetValueOrDefault(name)).FirstOrDefault(each => each is not null);

    private static FieldKind KindOf(Call call, string pointer, string name, JsonValue value, Schema? schema)
    {
        // "current" and "new" say nothing; what they were filled with does.
        if (Meanings.Of(name, schema?.Format) is Meaning.Password || Secrets.IsSecretName(name) || JsonCopy.Scalar(value)?.StartsWith(Texts.Password, StringComparison.Ordinal) is true) return FieldKind.Secret;
        if (call.Bindings.Any(binding => binding.Where == pointer)) return FieldKind.Reference;
        var isReference = Names.ReferenceOf(name) is not null;
        switch (value.GetValueKind())
        {
            case JsonValueKind.True or JsonValueKind.False:
                return FieldKind.Boolean;
            case JsonValueKind.Number:
                if (isReference) return FieldKind.Reference;
                return schema?.Types.HasFlag(SchemaTypes.Number) is true || value.ToString().Contains('.', StringComparison.Ordinal) ? FieldKind.Number : FieldKind.Integer;
        }

        if (schema is { Enum.Count: > 0 }) return FieldKind.Choice;
        if (schema?.Format is "uuid" || (isReference && Guid.TryParse(value.ToString(), out _))) return FieldKind.Reference;
        if (schema?.Format is "date-time" || Time().IsMatch(value.ToString())) return FieldKind.Instant;
        return schema?.Format is "date" || Day().IsMatch(value.ToString()) ? FieldKind.Date : FieldKind.Text;
    }

    [GeneratedRegex(@"/(\d+)(?=/|$)")]
    private static partial Regex Index();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d")]
    private static partial Regex Time();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$")]
    private static partial Regex Day();
}
