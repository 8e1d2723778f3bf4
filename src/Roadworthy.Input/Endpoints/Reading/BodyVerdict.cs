namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>What became of a request's body; its errors are in the list that was handed in. The default: it goes on as it came.</summary>
/// <param name="Status">The status to answer with, where the body could not be read at all; else 0.</param>
/// <param name="Handover">The body for the binder, where it is not the one that came.</param>
/// <param name="Failure">Why it could not be read, where nothing else would tell: a chunk without a size, or a disk without room for a buffer.</param>
internal readonly record struct BodyVerdict(int Status, BodyHandover? Handover = null, Exception? Failure = null);
