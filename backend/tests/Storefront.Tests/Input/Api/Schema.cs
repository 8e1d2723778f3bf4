using System.Text.Json;

namespace Storefront.Tests.Input.Api;

/// <summary>One value as the OpenAPI document describes it.</summary>
internal sealed class Schema
{
    private static readonly string[] Kinds = ["integer", "number", "boolean", "object", "array", "string"];

    private readonly JsonElement _document;
    private readonly JsonElement _element;

    public Schema(JsonElement document, JsonElement element) => (_document, _element) = (document, Resolve(document, element));

    /// <summary>integer, number, boolean, object, array or string. A number that may come as a string is a number.</summary>
    public string Kind
    {
        get
        {
            var types = Types();
            return Array.Find(Kinds, kind => types.Contains(kind, StringComparer.Ordinal)) ?? "string";
        }
    }

    public bool Nullable => Types().Contains("null", StringComparer.Ordinal);

    public string? Format => Text("format");

    public string? Pattern => Text("pattern");

    public decimal? Minimum => Number("minimum");

    public decimal? Maximum => Number("maximum");

    public int? MinLength => (int?)Number("minLength");

    public int? MaxLength => (int?)Number("maxLength");

    public int? MinItems => (int?)Number("minItems");

    public int? MaxItems => (int?)Number("maxItems");

    public bool IsScalar => Kind is not ("string" or "object" or "array") || Format is not null || Names.Count > 0;

    public IReadOnlyList<string> Names =>
        _element.TryGetProperty("enum", out var names) ? [.. names.EnumerateArray().Where(name => name.ValueKind is JsonValueKind.String).Select(name => name.GetString()!)] : [];

    public Schema? Items => _element.TryGetProperty("items", out var items) ? new(_document, items) : null;

    public IEnumerable<(string Name, Schema Schema, bool Required)> Properties
    {
        get
        {
            if (!_element.TryGetProperty("properties", out var properties)) yield break;
            var required = _element.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
            foreach (var property in properties.EnumerateObject())
                yield return (property.Name, new(_document, property.Value), required.Contains(property.Name));
        }
    }

    /// <summary>Every value that a body of this schema holds, by its place, with the first element of each list.</summary>
    public IEnumerable<Member> Members(string pointer = "")
    {
        foreach (var (name, schema, required) in Properties)
        {
            yield return new($"{pointer}/{name}", schema, required, IsElement: false);
            foreach (var below in schema.Members($"{pointer}/{name}")) yield return below;
        }

        if (Items is not { } items) yield break;
        yield return new($"{pointer}/0", items, Required: true, IsElement: true);
        foreach (var below in items.Members($"{pointer}/0")) yield return below;
    }

    private static JsonElement Resolve(JsonElement document, JsonElement element)
    {
        while (element.TryGetProperty("$ref", out var reference))
        {
            element = document;
            foreach (var step in reference.GetString()!.Split('/').Skip(1)) element = element.GetProperty(step);
        }

        return element;
    }

    private string[] Types() => !_element.TryGetProperty("type", out var type) ? []
        : type.ValueKind is JsonValueKind.String ? [type.GetString()!]
        : [.. type.EnumerateArray().Select(name => name.GetString()!)];

    private string? Text(string name) => _element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private decimal? Number(string name) => _element.TryGetProperty(name, out var value) ? value.GetDecimal() : null;
}

/// <summary>A value inside a body.</summary>
/// <param name="Pointer">Where it stands (RFC 6901).</param>
/// <param name="IsElement">It is an element of a list: it can't be missing, and has no name.</param>
internal sealed record Member(string Pointer, Schema Schema, bool Required, bool IsElement)
{
    public string Name => Pointer[(Pointer.LastIndexOf('/') + 1)..];

    /// <summary>Null and "" are errors.</summary>
    public bool Needed => Required && !Schema.Nullable;
}
