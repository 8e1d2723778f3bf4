using System.Buffers.Binary;

namespace Roadworthy.Inspection.Data;

/// <summary>PostgreSQL's own binary copy of rows, taken apart so that some of them can be put back.</summary>
internal sealed class BinaryRows
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Trailer = [0xFF, 0xFF];

    private readonly byte[] _copy;
    private readonly List<Range> _rows = [];

    /// <param name="copy">All of it, as <c>COPY ... TO STDOUT (FORMAT BINARY)</c> says it; empty for no rows.</param>
    public BinaryRows(byte[] copy)
    {
        _copy = copy;
        if (copy.Length == 0) return;
        var at = Header.Length + BinaryPrimitives.ReadInt32BigEndian(copy.AsSpan(Header.Length - 4));
        while (BinaryPrimitives.ReadInt16BigEndian(copy.AsSpan(at)) is >= 0 and var fields)
        {
            var start = at;
            at += 2;
            for (var n = 0; n < fields; n++)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(copy.AsSpan(at));
                at += 4 + Math.Max(length, 0);
            }

            _rows.Add(start..at);
        }
    }

    /// <summary>A copy of some of the rows, as <c>COPY ... FROM STDIN (FORMAT BINARY)</c> takes it.</summary>
    public async Task WriteAsync(Stream stream, IEnumerable<int> rows, CancellationToken ct)
    {
        await stream.WriteAsync(Header, ct);
        foreach (var at in rows) await stream.WriteAsync(_copy.AsMemory(_rows[at]), ct);
        await stream.WriteAsync(Trailer, ct);
    }
}
