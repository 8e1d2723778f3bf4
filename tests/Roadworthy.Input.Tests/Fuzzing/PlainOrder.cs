namespace Roadworthy.Input.Tests.Fuzzing;

/// <summary>As <see cref="Order"/>, with only what the quick look knows. Members that it lacks are unknown ones.</summary>
internal sealed class PlainOrder
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

    public Rights Rights { get; set; }

    public DateTimeOffset? At { get; set; }

    public DateTime? Local { get; set; }

    public DateOnly? Day { get; set; }

    public Guid? Id { get; set; }

    public string? Time { get; set; }

    public string? Span { get; set; }

    public string? Letter { get; set; }

    public string? Bytes { get; set; }

    public string? Link { get; set; }

    [Trimmed]
    public string? Note { get; set; }

    public List<Line>? Lines { get; set; }

    public PlainOrder? Next { get; set; }

    public Point Place { get; set; }
}
