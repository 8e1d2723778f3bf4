using System.Text;

namespace Roadworthy.Testing;

/// <summary>What is to be done to the next statement with a text, once.</summary>
internal sealed class Interception(string statement, InterceptionKind kind, Hold? hold = null)
{
    public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(statement);

    public string Statement => statement;

    public InterceptionKind Kind => kind;

    public Hold? Hold => hold;

    /// <summary>The connection was cut.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where the text stands in what was sent; -1 where it does not, or ends in what was looked at before.</summary>
    public int IndexIn(ReadOnlySpan<byte> seen, int lookedAt)
    {
        var from = Math.Max(0, lookedAt - (Bytes.Length - 1));
        return from > seen.Length || seen[from..].IndexOf(Bytes) is var index && index < 0 ? -1 : from + index;
    }
}

internal enum InterceptionKind
{
    Hold,
    LoseAnswer,
    Cut,
}
