using System.IO.Compression;
using System.Text;

namespace Roadworthy.Inspection.Recording;

/// <summary>The beginning of what went by.</summary>
internal sealed class Tee(int most) : IDisposable
{
    private readonly MemoryStream _kept = new();

    public void Add(ReadOnlySpan<byte> bytes) => _kept.Write(bytes[..Math.Min(bytes.Length, most - (int)_kept.Length)]);

    /// <summary>As text, without its compression; null where there was nothing, or nothing that can be read.</summary>
    public string? Text(string encoding)
    {
        if (_kept.Length == 0) return null;
        _kept.Position = 0;
        try
        {
            using Stream plain = encoding.Trim().ToLowerInvariant() switch
            {
                "gzip" => new GZipStream(_kept, CompressionMode.Decompress, leaveOpen: true),
                "br" => new BrotliStream(_kept, CompressionMode.Decompress, leaveOpen: true),
                "deflate" => new ZLibStream(_kept, CompressionMode.Decompress, leaveOpen: true),
                _ => new MemoryStream(_kept.ToArray()),
            };
            // Compressed a thousandfold, it would be larger than memory.
            var (bytes, length) = (new byte[4 * most], 0);
            while (length < bytes.Length && plain.Read(bytes, length, bytes.Length - length) is > 0 and var count) length += count;
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public void Dispose() => _kept.Dispose();
}

/// <summary>Reads on, and tells what was read.</summary>
internal sealed class TeeStream(Stream inner, Tee tee) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        tee.Add(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
