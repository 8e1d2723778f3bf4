namespace Roadworthy.Wire.Session;

/// <summary>What a name stands for.</summary>
internal readonly record struct PreparedStatement(StatementShape Shape, ulong LiteralsHash, bool IsTruncated);
