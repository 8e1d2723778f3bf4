using System.Buffers.Binary;

namespace Roadworthy.Wire.Codec;

/// <summary>What a client says first, before messages have types.</summary>
internal readonly ref struct StartupPacket(StartupKind kind, int length, int code, ReadOnlySpan<byte> body)
{
    /// <summary>The same bound as PostgreSQL's own (MAX_STARTUP_PACKET_LENGTH).</summary>
    public const int MaxLength = 10_000;

    public const int CancelCode = 80877102;
    public const int SslCode = 80877103;
    public const int GssCode = 80877104;

    private const byte TlsHandshake = 0x16;
    private const int HeaderLength = 8;

    private readonly ReadOnlySpan<byte> _body = body;

    public StartupKind Kind => kind;

    /// <summary>Bytes of the packet, its length field included. 0 where it is not whole, or is no packet.</summary>
    public int Length => length;

    /// <summary>3.0 is 196608, 3.2 is 196610.</summary>
    public int Version => code;

    /// <summary>What stands behind length and code: of a start-up pairs of names and values, of a cancel the process id and the key.</summary>
    public ReadOnlySpan<byte> Body => _body;

    public static StartupPacket Read(ReadOnlySpan<byte> available)
    {
        if (available.IsEmpty) return default;
        // Direct TLS, as libpq 17 has it: a ClientHello in place of a packet, whose length would be absurd.
        if (available[0] == TlsHandshake) return new(StartupKind.DirectTls, 0, 0, default);
        if (available.Length < 4) return default;
        var length = BinaryPrimitives.ReadInt32BigEndian(available);
        if (length is < HeaderLength or > MaxLength) return new(StartupKind.Invalid, 0, 0, default);
        if (available.Length < length) return default;
        var code = BinaryPrimitives.ReadInt32BigEndian(available[4..]);
        return new(KindOf(code), length, code, available[HeaderLength..length]);
    }

    /// <summary>A parameter of the start-up, such as <c>user</c>. Empty where there is none.</summary>
    public ReadOnlySpan<byte> Parameter(ReadOnlySpan<byte> name)
    {
        var reader = new BodyReader(_body);
        while (!reader.IsBroken)
        {
            var key = reader.CString();
            if (key.IsEmpty) break;
            var value = reader.CString();
            if (key.SequenceEqual(name)) return value;
        }

        return default;
    }

    private static StartupKind KindOf(int code) => code switch
    {
        CancelCode => StartupKind.Cancel,
        SslCode => StartupKind.Ssl,
        GssCode => StartupKind.Gss,
        _ when code >> 16 == 3 => StartupKind.Startup,
        _ => StartupKind.Invalid,
    };
}

internal enum StartupKind : byte
{
    Incomplete,
    Startup,
    Ssl,
    Gss,
    Cancel,
    DirectTls,
    Invalid,
}
