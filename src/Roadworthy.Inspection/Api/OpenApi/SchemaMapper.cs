using System.Globalization;
using Microsoft.OpenApi;

namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>The reader's schemas as <see cref="Schema"/>s. A component is mapped once, so that a cycle of references is a cycle of objects.</summary>
internal sealed class SchemaMapper
{
    private const int Deepest = 60;

    private readonly Dictionary<string, Schema> _components = new(StringComparer.Ordinal);
    private readonly HashSet<Schema> _open = [];
    private readonly List<(Schema Whole, Schema Part)> _later = [];

    public Schema Map(IOpenApiSchema? source, int depth = 0)
    {
        var result = new Schema();
        if (source is null || depth > Deepest) return result;
        if (source is not OpenApiSchemaReference reference)
        {
            Fill(result, source, depth);
            return result;
        }

        var id = reference.Reference.ReferenceV3 ?? reference.Reference.Id ?? "";
        if (_components.TryGetValue(id, out var known)) return known;
        result.Name = id[(id.LastIndexOf('/') + 1)..];
        _components[id] = result;
        // Neither a chain that ends nowhere nor one that never ends has a target.
        _open.Add(result);
        if (reference.RecursiveTarget is { } target) Fill(result, target, depth);
        _open.Remove(result);
        if (_open.Count > 0) return result;
        foreach (var (whole, part) in _later) SchemaMerge.Into(whole, part);
        _later.Clear();
        return result;
    }

    private void Fill(Schema result, IOpenApiSchema source, int depth)
    {
        var type = source.Type ?? 0;
        result.Types |= (type.HasFlag(JsonSchemaType.String) ? SchemaTypes.String : 0) | (type.HasFlag(JsonSchemaType.Integer) ? SchemaTypes.Integer : 0)
            | (type.HasFlag(JsonSchemaType.Number) ? SchemaTypes.Number : 0) | (type.HasFlag(JsonSchemaType.Boolean) ? SchemaTypes.Boolean : 0)
            | (type.HasFlag(JsonSchemaType.Array) ? SchemaTypes.Array : 0) | (type.HasFlag(JsonSchemaType.Object) ? SchemaTypes.Object : 0);
        result.Nullable |= type.HasFlag(JsonSchemaType.Null);
        result.Format ??= source.Format;
        result.Description ??= source.Description;
        result.Pattern ??= source.Pattern;
        result.MinLength ??= source.MinLength;
        result.MaxLength ??= source.MaxLength;
        result.MinItems ??= source.MinItems;
        result.MaxItems ??= source.MaxItems;
        result.UniqueItems |= source.UniqueItems ?? false;
        result.MultipleOf ??= source.MultipleOf;
        result.ReadOnly |= source.ReadOnly;
        result.WriteOnly |= source.WriteOnly;
        result.Default ??= source.Default;
        SetRange(result, source);
        result.Enum.AddRange(source.Enum ?? []);
        if (source.Const is { } constant && result.Enum.Count == 0) result.Enum.Add(constant);
#pragma warning disable CS0618 // What 3.0 documents write, and nearly all are.
        if (source.Example is { } example) result.Examples.Add(example);
#pragma warning restore CS0618
        result.Examples.AddRange(source.Examples ?? []);
        foreach (var name in source.Required ?? new HashSet<string>(StringComparer.Ordinal)) result.Required.Add(name);
        foreach (var (name, property) in source.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
            result.Properties[name] = Map(property, depth + 1);
        if (source.Items is not null) result.Items ??= Map(source.Items, depth + 1);
        if (source.AdditionalProperties is not null) result.Additional ??= Map(source.AdditionalProperties, depth + 1);
        foreach (var part in source.AllOf ?? []) Merge(result, Map(part, depth + 1));
        AddAlternatives(result, source.OneOf, depth);
        AddAlternatives(result, source.AnyOf, depth);
        if (source.Discriminator is { } discriminator)
        {
            result.Discriminator ??= discriminator.PropertyName;
            foreach (var (value, target) in discriminator.Mapping ?? new Dictionary<string, OpenApiSchemaReference>(StringComparer.Ordinal))
                result.DiscriminatorValues[value] = Map(target, depth + 1);
        }
    }

    /// <summary>"This or null" is no choice; one alternative is none either.</summary>
    private void AddAlternatives(Schema result, IList<IOpenApiSchema>? parts, int depth)
    {
        if (parts is null) return;
        var real = parts.Where(part => part is OpenApiSchemaReference || part.Type is not JsonSchemaType.Null).ToList();
        if (real.Count < parts.Count) result.Nullable = true;
        if (real.Count == 1) Merge(result, Map(real[0], depth + 1));
        else result.Alternatives.AddRange(real.Select(part => Map(part, depth + 1)));
    }

    /// <summary>What is being mapped still, further out, is not whole yet.</summary>
    private void Merge(Schema whole, Schema part)
    {
        if (_open.Contains(part)) _later.Add((whole, part));
        else SchemaMerge.Into(whole, part);
    }

    private static void SetRange(Schema result, IOpenApiSchema source)
    {
        (result.Minimum, result.ExclusiveMinimum) = Tighter(result.Minimum, result.ExclusiveMinimum, source.Minimum, source.ExclusiveMinimum);
        (result.Maximum, result.ExclusiveMaximum) = Tighter(result.Maximum, result.ExclusiveMaximum, source.Maximum, source.ExclusiveMaximum);
    }

    private static (decimal? Limit, bool IsExclusive) Tighter(decimal? known, bool isExclusive, string? inclusive, string? exclusive)
    {
        if (known is not null) return (known, isExclusive);
        return Number(exclusive) is { } limit ? (limit, true) : (Number(inclusive), false);
    }

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
