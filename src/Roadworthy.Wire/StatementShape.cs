namespace Roadworthy.Wire;

/// <summary>What statements have in common that differ in their values only. One object for each; it may be kept.</summary>
public sealed class StatementShape
{
    internal StatementShape(ulong fingerprint, string text, string sample, StatementKind kind, bool takesLocks, IReadOnlyList<string> reads, IReadOnlyList<string> writes) =>
        (Fingerprint, Text, Sample, Kind, TakesLocks, Reads, Writes) = (fingerprint, text, sample, kind, takesLocks, reads, writes);

    /// <summary>Of <see cref="Text"/>: the same in every run and on every machine.</summary>
    public ulong Fingerprint { get; }

    /// <summary>
    /// The statement without its values: literals and parameters are <c>?</c>, a list of them is one, comments are gone, words are in lower case. At most 64 KB.
    /// </summary>
    public string Text { get; }

    /// <summary>The first statement of this shape as it was sent, at most 8 KB. Holds its literals, so it may hold secrets: mask it where it is shown.</summary>
    public string Sample { get; }

    /// <summary>What it is for.</summary>
    public StatementKind Kind { get; }

    /// <summary>Whether it locks rows that it reads: FOR UPDATE, FOR SHARE and the like.</summary>
    public bool TakesLocks { get; }

    /// <summary>Tables that it reads, by their names in the text without a schema; views and common table expressions too. At most 64.</summary>
    public IReadOnlyList<string> Reads { get; }

    /// <summary>Tables that it writes, as <see cref="Reads"/>.</summary>
    public IReadOnlyList<string> Writes { get; }

    /// <summary>What was executed by a name that was never seen prepared, or exceeds what is kept.</summary>
    public static StatementShape Unknown { get; } = new(0, "(unknown)", "", StatementKind.Other, false, [], []);

    /// <summary>The end of a transaction that had no COMMIT of its own, where it failed: a deferred constraint, for one.</summary>
    public static StatementShape ImplicitCommit { get; } = new(1, "(implicit commit)", "", StatementKind.Commit, false, [], []);

    /// <summary>A call of the function protocol, as libpq makes for large objects.</summary>
    public static StatementShape FunctionCall { get; } = new(2, "(function call)", "", StatementKind.Other, false, [], []);

    /// <summary>A text without a statement.</summary>
    public static StatementShape Empty { get; } = new(3, "(empty)", "", StatementKind.Other, false, [], []);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
