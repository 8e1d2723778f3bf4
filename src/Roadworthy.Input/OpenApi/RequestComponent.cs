using Microsoft.OpenApi;

namespace Roadworthy.Input.OpenApi;

/// <summary>A component that requests refer to.</summary>
/// <param name="original">As ASP.NET Core wrote it.</param>
internal sealed class RequestComponent(OpenApiSchema original)
{
    private readonly OpenApiSchema _original = original;

    /// <summary>What the guard takes; the original itself where that is true already.</summary>
    public OpenApiSchema Rewritten { get; set; } = original;

    public HashSet<string> RefersTo { get; } = new(StringComparer.Ordinal);

    public bool Differs => !ReferenceEquals(_original, Rewritten);

    /// <summary>Writes it into the original, which only requests know.</summary>
    public void Apply()
    {
        _original.Type = Rewritten.Type;
        _original.Enum = Rewritten.Enum;
        _original.Pattern = Rewritten.Pattern;
        _original.Properties = Rewritten.Properties;
        _original.Required = Rewritten.Required;
        _original.AdditionalProperties = Rewritten.AdditionalProperties;
        _original.Items = Rewritten.Items;
        _original.AnyOf = Rewritten.AnyOf;
        _original.Discriminator = Rewritten.Discriminator;
    }
}
