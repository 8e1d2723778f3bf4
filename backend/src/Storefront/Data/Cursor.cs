using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Storefront.Data;

/// <summary>
/// A place in a list, for the next page: the id of the last row, as 22 characters of base64url. Opaque to clients, so that
/// what it holds may change.
/// </summary>
public readonly record struct Cursor(Guid Id) : IParsable<Cursor>
{
    private const int TextLength = 22;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        Id.TryWriteBytes(bytes, bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static Cursor Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var cursor) ? cursor : throw new FormatException($"'{s}' is no cursor: pass the 'next' of an earlier page.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Cursor result)
    {
        Span<byte> bytes = stackalloc byte[16];
        var read = s is { Length: TextLength } && Base64Url.IsValid(s) && Base64Url.TryDecodeFromChars(s, bytes, out var length) && length == 16;
        result = read ? new(new Guid(bytes, bigEndian: true)) : default;
        return read;
    }
}
