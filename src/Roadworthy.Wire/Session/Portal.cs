namespace Roadworthy.Wire.Session;

/// <summary>A statement that was bound to values.</summary>
internal readonly record struct Portal(StatementShape Shape, ulong ValuesHash, bool IsPrepared, bool IsStarted);
