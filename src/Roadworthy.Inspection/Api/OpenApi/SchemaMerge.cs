namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary><c>allOf</c>: what a part says is added to the whole; where both say something, the whole's word stands.</summary>
internal static class SchemaMerge
{
    public static void Into(Schema whole, Schema part)
    {
        if (ReferenceEquals(whole, part)) return;
        whole.Name ??= part.Name;
        if (whole.Types is SchemaTypes.Any) whole.Types = part.Types;
        whole.Nullable |= part.Nullable;
        whole.Format ??= part.Format;
        whole.Description ??= part.Description;
        whole.Pattern ??= part.Pattern;
        whole.MinLength ??= part.MinLength;
        whole.MaxLength ??= part.MaxLength;
        whole.MinItems ??= part.MinItems;
        whole.MaxItems ??= part.MaxItems;
        whole.UniqueItems |= part.UniqueItems;
        whole.MultipleOf ??= part.MultipleOf;
        whole.ReadOnly |= part.ReadOnly;
        whole.WriteOnly |= part.WriteOnly;
        whole.Default ??= part.Default;
        if (whole.Minimum is null) (whole.Minimum, whole.ExclusiveMinimum) = (part.Minimum, part.ExclusiveMinimum);
        if (whole.Maximum is null) (whole.Maximum, whole.ExclusiveMaximum) = (part.Maximum, part.ExclusiveMaximum);
        if (whole.Enum.Count == 0) whole.Enum.AddRange(part.Enum);
        whole.Examples.AddRange(part.Examples);
        whole.Required.UnionWith(part.Required);
        foreach (var (name, property) in part.Properties) whole.Properties.TryAdd(name, property);
        whole.Items ??= part.Items;
        whole.Additional ??= part.Additional;
        foreach (var alternative in part.Alternatives.Where(each => !ReferenceEquals(each, whole)).ToList()) whole.Alternatives.Add(alternative);
        // A subtype that is written as allOf of its base would else be told to be one of itself.
        if (part.DiscriminatorValues.ContainsValue(whole)) return;
        whole.Discriminator ??= part.Discriminator;
        foreach (var (value, target) in part.DiscriminatorValues) whole.DiscriminatorValues.TryAdd(value, target);
    }
}
