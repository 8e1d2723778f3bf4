using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Roadworthy.Input.Tests.Fuzzing;

/// <summary>Members of the kinds that the quick look knows.</summary>
internal abstract class OrderBasics
{
    public required string Title { get; set; }

    public int Count { get; set; } = 7;

    public long? Big { get; set; }

    public byte Small { get; set; }

    public ulong? Unsigned { get; set; }

    public decimal? Price { get; set; }

    public double? Weight { get; set; }

    public float? Length { get; set; }

    public Half? Share { get; set; }

    public bool? Flag { get; set; }

    public Colour? Colour { get; set; }

    public DateTimeOffset? At { get; set; }

    public DateTime? Local { get; set; }

    public DateOnly? Day { get; set; }

    public Guid? Id { get; set; }

    [Trimmed]
    public string? Note { get; set; }

    public List<Line>? Lines { get; set; }

    public Point Place { get; set; }
}

/// <summary>A body with every kind of member that the guard knows.</summary>
internal sealed class Order : OrderBasics
{
    [JsonConverter(typeof(JsonStringEnumConverter<Rights>))]
    public Rights Rights { get; set; }

    public TimeOnly? Time { get; set; }

    public TimeSpan? Span { get; set; }

    public char? Letter { get; set; }

    public byte[]? Bytes { get; set; }

    public Uri? Link { get; set; }

    public Dictionary<string, int?>? Tags { get; set; }

    public Dictionary<int, string>? Numbered { get; set; }

    public Shape? Shape { get; set; }

    public JsonElement Anything { get; set; }

    public JsonNode? Tree { get; set; }

    public Order? Next { get; set; }

    public KeyValuePair<string, int>? Pair { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

/// <summary>Only what the quick look knows. Members that it lacks are unknown ones.</summary>
internal sealed class PlainOrder : OrderBasics
{
    public Rights Rights { get; set; }

    public string? Time { get; set; }

    public string? Span { get; set; }

    public string? Letter { get; set; }

    public string? Bytes { get; set; }

    public string? Link { get; set; }

    public PlainOrder? Next { get; set; }
}

internal enum Colour
{
    Red,
    Green,
}

[Flags]
internal enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
}

internal sealed record Line(string Sku, int Quantity, decimal? Discount = 0.5m, IReadOnlyList<string>? Marks = null);

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Point(int X, int Y);

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
internal abstract record Shape(int Unit = 1);

internal sealed record Circle(double Radius) : Shape;

internal sealed record Square(int Side) : Shape;
