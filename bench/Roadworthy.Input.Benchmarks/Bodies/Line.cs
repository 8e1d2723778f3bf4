using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Roadworthy.Input.Benchmarks.Bodies;

[JsonConverter(typeof(JsonStringEnumConverter<Delivery>))]
internal enum Delivery
{
    Pickup,
    Standard,
    Express,
}

/// <summary>Twelve members of the kinds that bodies mostly have.</summary>
internal sealed record Line(
    Guid Id, string Sku, string Name, int Quantity, long PriceCents, decimal Weight, double Rating, bool Gift, DateTimeOffset OrderedAt, DateOnly DueOn, Delivery Delivery, string? Note);

/// <summary>The same with rules.</summary>
internal sealed record CheckedLine(
    Guid Id,
    [property: Required, StringLength(40)] string Sku,
    [property: Required, StringLength(200, MinimumLength = 1)] string Name,
    [property: Range(1, 1_000)] int Quantity,
    [property: Range(0L, 100_000_000L)] long PriceCents,
    decimal Weight,
    [property: Range(0.0, 5.0)] double Rating,
    bool Gift,
    DateTimeOffset OrderedAt,
    DateOnly DueOn,
    Delivery Delivery,
    [property: StringLength(500)] string? Note);
