using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Roadworthy.Sessions.Keys;
using Storefront.Accounts;

namespace Storefront.Mail;

/// <summary>
/// The tokens in mails. Nothing of them is stored: the user's id, the expiry, and a MAC over both, the kind, the address and, for a new password,
/// the security stamp, which the reset changes: so it is good once, and not after any other change of the password. Sealed under a key that
/// comes from the root key; while the fleet changes that, under any that it takes.
/// </summary>
internal sealed class MailTokens(RootKeys roots, IOptions<MailOptions> options, TimeProvider time)
{
    private const int HeadLength = 16 + 8;
    private const int Length = HeadLength + HMACSHA256.HashSizeInBytes;

    private readonly IReadOnlyList<byte[]> _keys = roots.Derive("mail-tokens");

    /// <summary>Characters of a token.</summary>
    public const int TextLength = (Length * 4 + 2) / 3;

    public string Seal(MailKind kind, User user)
    {
        var lifetime = kind is MailKind.ResetPassword ? options.Value.ResetLifetime : options.Value.ConfirmLifetime;
        var token = new byte[Length];
        user.Id.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(16), (time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        Mac(_keys[0], kind, user, token.AsSpan(0, HeadLength)).CopyTo(token, HeadLength);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whom it says that it is for: to be believed only once <see cref="IsGood"/> has seen that user. Null where it is no token.</summary>
    public static Guid? UserOf(string text) => TryRead(text, out var token) ? new(token.AsSpan(0, 16), bigEndian: true) : null;

    /// <summary>Whether it was sealed for this purpose and for this user as he is now, and has not expired.</summary>
    public bool IsGood(string text, MailKind kind, User user)
    {
        if (!TryRead(text, out var token)) return false;
        var sealedHere = false;
        foreach (var key in _keys) sealedHere |= CryptographicOperations.FixedTimeEquals(Mac(key, kind, user, token.AsSpan(0, HeadLength)), token.AsSpan(HeadLength));
        return sealedHere && new Guid(token.AsSpan(0, 16), bigEndian: true) == user.Id
            && time.GetUtcNow().ToUnixTimeSeconds() < BinaryPrimitives.ReadInt64BigEndian(token.AsSpan(16));
    }

    private static byte[] Mac(byte[] key, MailKind kind, User user, ReadOnlySpan<byte> head)
    {
        // A confirmed address outlives a change of the password, a link to choose one does not.
        var bound = kind is MailKind.ResetPassword ? $"{user.NormalizedEmail}\n{user.SecurityStamp}" : user.NormalizedEmail!;
        return HMACSHA256.HashData(key, (byte[])[(byte)kind, .. head, .. Encoding.UTF8.GetBytes(bound)]);
    }

    private static bool TryRead(string text, out byte[] token)
    {
        token = new byte[Length];
        // Exactly one text is the token: not its paddings and spaces.
        return text.Length == TextLength && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, token, out var written) && written == Length
            && string.Equals(Base64Url.EncodeToString(token), text, StringComparison.Ordinal);
    }
}
