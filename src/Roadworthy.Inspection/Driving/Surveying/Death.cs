namespace Roadworthy.Inspection.Driving;

/// <summary>A request, none of a probe's trials, that the backend's process ended of, or was the last one before it did.</summary>
/// <param name="Exchange">With what the backend wrote.</param>
/// <param name="IsSure">Whether it ended within the request, or again when that was asked again; else it may be another's doing.</param>
/// <param name="IsLate">Whether it answered first.</param>
internal sealed record Death(Exchange Exchange, bool IsSure, bool IsLate);
