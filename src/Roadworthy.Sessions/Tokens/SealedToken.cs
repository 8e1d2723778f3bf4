using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Roadworthy.Sessions.Tokens;

/// <summary>
/// A refresh token: <c>base64url(version 1 | key id 1 | session 16 | generation 4 | secret 16 | tag 16)</c>, 72 characters, with
/// <c>tag = HMAC-SHA256(key, all before it)[0..16]</c>.
/// </summary>
/// <remarks>
/// All generations of a session share the secret, so a successor follows from its predecessor and the key: every concurrent caller,
/// on any instance, gets the same one, and nothing is stored that could be replayed. The database holds SHA-256 of the secret and
/// never the key: neither alone mints a token. Two tokens are the same if session and generation are, whichever key sealed them.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SealedToken(Guid Session, uint Generation, UInt128 Secret)
{
    /// <summary>Characters of the text form.</summary>
    public const int TextLength = 72;

    private const byte Version = 1;
    private const int TagLength = 16;
    private const int BodyLength = 38;
    private const int Length = BodyLength + TagLength;

    /// <summary>The first token of a new session.</summary>
    public static SealedToken Create(Guid session)
    {
        Span<byte> secret = stackalloc byte[16];
        RandomNumberGenerator.Fill(secret);
        return new(session, 1, BinaryPrimitives.ReadUInt128BigEndian(secret));
    }

    /// <summary>Opens a text that one of the keys has sealed. Asks no database: what this fleet never made ends here.</summary>
    public static bool TryOpen(ReadOnlySpan<char> text, RefreshKeys keys, out SealedToken token)
    {
        token = default;
        Span<byte> bytes = stackalloc byte[Length];
        // The Try form throws at what is no base64url; it returns false for a short destination only.
        if (text.Length != TextLength || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != Length) return false;
        if (bytes[0] != Version || !IsSealed(bytes, keys)) return false;
        token = new(
            new Guid(bytes[2..18], bigEndian: true), BinaryPrimitives.ReadUInt32BigEndian(bytes[18..22]), BinaryPrimitives.ReadUInt128BigEndian(bytes[22..38]));
        return token.Generation > 0;
    }

    /// <summary>The text form, sealed with the primary key.</summary>
    public string Seal(RefreshKeys keys)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        bytes[1] = keys.Primary.Id;
        Session.TryWriteBytes(bytes[2..18], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[18..22], Generation);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[22..38], Secret);
        WriteTag(keys.Primary, bytes[..BodyLength], bytes[BodyLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>This session's token of another generation.</summary>
    /// <exception cref="OverflowException">The generation is beyond 4,294,967,295.</exception>
    public SealedToken At(long generation) => this with { Generation = checked((uint)generation) };

    /// <summary>What the database knows of the secret.</summary>
    public byte[] SecretHash()
    {
        Span<byte> secret = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(secret, Secret);
        return SHA256.HashData(secret);
    }

    /// <summary>Never the token: it may end up in a log.</summary>
    public override string ToString() => $"generation {Generation} of session {Session}";

    private static bool IsSealed(ReadOnlySpan<byte> bytes, RefreshKeys keys)
    {
        Span<byte> tag = stackalloc byte[TagLength];
        foreach (var key in keys.Accepted)
        {
            if (key.Id != bytes[1]) continue;
            WriteTag(key, bytes[..BodyLength], tag);
            if (CryptographicOperations.FixedTimeEquals(tag, bytes[BodyLength..])) return true;
        }

        return false;
    }

    private static void WriteTag(RefreshKey key, ReadOnlySpan<byte> body, Span<byte> tag)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes, body, full);
        full[..TagLength].CopyTo(tag);
    }
}
