using Roadworthy.Wire.Codec;

namespace Roadworthy.Wire.Proxy;

/// <summary>What becomes of a server's answers where they don't simply pass: they are kept until told, or dropped.</summary>
internal sealed class AnswerSink
{
    private const int Limit = 4 * 1024 * 1024;

    private AnswerMode _mode;

    public ByteQueue Kept { get; } = new();

    /// <summary>Whether no more is kept, so that no more should be read.</summary>
    public bool IsFull => _mode == AnswerMode.Keep && Kept.Count >= Limit;

    public void Pass() => _mode = AnswerMode.Pass;

    public void Keep() => _mode = AnswerMode.Keep;

    public void Drop() => _mode = AnswerMode.Drop;

    /// <returns>False where it is to pass.</returns>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        if (_mode == AnswerMode.Keep) Kept.Add(bytes);
        return _mode != AnswerMode.Pass;
    }

    private enum AnswerMode
    {
        Pass,
        Keep,
        Drop,
    }
}
