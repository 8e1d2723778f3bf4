namespace Roadworthy.Inspection.Recording;

/// <summary>A request and its answer as they went by, bodies bounded and decompressed.</summary>
internal sealed record RecordedExchange
{
    public required string Method { get; init; }

    /// <summary>The path, still escaped.</summary>
    public required string Path { get; init; }

    /// <summary>In order, not escaped.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> RequestHeaders { get; init; } = [];

    public string? RequestType { get; init; }

    public string? RequestBody { get; init; }

    public int Status { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; init; } = [];

    public string? ResponseType { get; init; }

    public string? ResponseBody { get; init; }

    /// <summary>When, for the file.</summary>
    public DateTimeOffset At { get; init; }

    public string? RequestHeader(string name) => RequestHeaders.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
