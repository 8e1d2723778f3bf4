namespace Roadworthy.Inspection.Api;

/// <summary>The JSON types that a schema allows, null left out: that is <see cref="Schema.Nullable"/>.</summary>
[Flags]
internal enum SchemaTypes
{
    /// <summary>Not said.</summary>
    Any = 0,
    String = 1,
    Integer = 2,
    Number = 4,
    Boolean = 8,
    Array = 16,
    Object = 32,
}
