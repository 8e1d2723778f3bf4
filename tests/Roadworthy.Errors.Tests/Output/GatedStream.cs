namespace Roadworthy.Errors.Tests.Output;

/// <summary>An output that stands still until the test lets it go on, or fails when it is told to.</summary>
internal sealed class GatedStream(Stream inner) : Stream
{
    public ManualResetEventSlim Open { get; } = new(initialState: true);

    public ManualResetEventSlim Entered { get; } = new(initialState: false);

    public int WritingThread { get; private set; }

    public Exception? Fault { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        WritingThread = Environment.CurrentManagedThreadId;
        Entered.Set();
        Open.Wait();
        if (Fault is not null)
        {
            throw Fault;
        }

        inner.Write(buffer);
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
