using System.Globalization;
using System.Text.Json.Serialization;

namespace Roadworthy.Input.Tests.Endpoints;

internal sealed record Order(int Quantity, string? Note = null);

internal enum Colour
{
    Red = 1,
    Green = 2,
}

internal sealed record Weight(int Grams)
{
    public static bool TryParse(string? text, out Weight? weight)
    {
        weight = text is ['g', .. var digits] && int.TryParse(digits, CultureInfo.InvariantCulture, out var grams) ? new Weight(grams) : null;
        return weight is not null;
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<NamedColour>))]
internal enum NamedColour
{
    Red = 1,
}
