using System.Text;

namespace Storefront.Tests.Input.Mutations;

/// <summary>Takes what the backend logs and keeps its errors alone.</summary>
internal sealed class ErrorRecords : Stream
{
    private const int MostKept = 20;
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found
    {
        get
        {
            lock (_found) return [.. _found];
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    // Whole records come at once: one, or several queued ones.
    public override void Write(byte[] buffer, int offset, int count)
    {
        var records = buffer.AsSpan(offset, count);
        if (records.IndexOf("\"level\":\"Error\""u8) < 0 && records.IndexOf("\"level\":\"Critical\""u8) < 0) return;
        lock (_found)
            if (_found.Count < MostKept) _found.Add(Encoding.UTF8.GetString(records));
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
