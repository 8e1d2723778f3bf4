using Roadworthy.Wire.Codec;

namespace Roadworthy.Wire;

/// <summary>The values that were bound to a statement. Secrets, possibly; they are gone when the call returns.</summary>
public readonly ref struct BoundValues
{
    // Counts of formats and of values, and of result formats.
    internal const int EmptyLength = 6;

    private readonly ReadOnlySpan<byte> _body;

    internal BoundValues(int connectionId, StatementShape shape, ReadOnlySpan<byte> body)
    {
        (ConnectionId, Shape) = (connectionId, shape);
        var reader = new BodyReader(body);
        reader.Take(reader.Int16() * sizeof(short));
        Count = Math.Max((short)0, reader.Int16());
        _body = reader.Rest;
        if (reader.IsBroken) Count = 0;
    }

    /// <summary>On which of the proxy's connections.</summary>
    public int ConnectionId { get; }

    /// <summary>The statement.</summary>
    public StatementShape Shape { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Whether one of them has these bytes: text in UTF-8, or the binary format where the driver takes that.</summary>
    public bool Contains(ReadOnlySpan<byte> value)
    {
        var reader = new BodyReader(_body);
        for (var n = 0; n < Count && !reader.IsBroken; n++)
        {
            var length = reader.Int32();
            if (length >= 0 && reader.Take(length).SequenceEqual(value) && !reader.IsBroken) return true;
        }

        return false;
    }
}
