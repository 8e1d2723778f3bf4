using System.Globalization;

namespace Roadworthy.Idempotency.Answers;

/// <summary>Takes an answer as it is written, and refuses the byte that is too many: what can't be kept is not gathered first.</summary>
internal sealed class BoundedMemory(int maxBytes) : MemoryStream
{
    /// <exception cref="InvalidOperationException">It would be longer than it may be.</exception>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Require(count);
        base.Write(buffer, offset, count);
    }

    /// <inheritdoc cref="Write(byte[], int, int)"/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Require(buffer.Length);
        base.Write(buffer);
    }

    // MemoryStream's own goes round Write where its class is its own.
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Require(buffer.Length);
        return base.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc cref="Write(byte[], int, int)"/>
    public override void WriteByte(byte value)
    {
        Require(1);
        base.WriteByte(value);
    }

    private void Require(int more)
    {
        if (more <= maxBytes - Length) return;
        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"The answer to a request with an Idempotency-Key is longer than IdempotencyOptions.MaxAnswerBytes, which is {maxBytes}: nothing was done. Answer less, such as the address of what was made, or raise the limit."));
    }
}
