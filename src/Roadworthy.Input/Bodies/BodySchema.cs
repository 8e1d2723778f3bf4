using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Bodies;

/// <summary>What a type takes as JSON. Built once per <see cref="JsonTypeInfo"/>, immutable, for any number of threads.</summary>
internal sealed class BodySchema
{
    /// <summary>The host's own description of the type.</summary>
    public required JsonTypeInfo TypeInfo { get; init; }

    /// <exception cref="NotSupportedException">The host's JSON options can't describe a part of the type.</exception>
    public static BodySchema For(JsonTypeInfo typeInfo) => throw new NotSupportedException();
}
