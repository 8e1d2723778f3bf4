using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;

namespace Roadworthy.Input.Endpoints.Values;

/// <summary>
/// Whether the values of a name in a query string decode to text: each percent sign stands before two hexadecimal digits, and the bytes are UTF-8.
/// The framework leaves what does not decode as it came, and a handler then sees percent signs that nobody meant.
/// </summary>
internal static class PercentEncoding
{
    public const string Unsound = "Must be percent-encoded UTF-8, but other bytes came.";

    public static bool IsSound(string? query, string name)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.Equals(name, StringComparison.OrdinalIgnoreCase) && !IsSound(pair.EncodedValue.Span)) return false;
        }

        return true;
    }

    private static bool IsSound(ReadOnlySpan<char> encoded)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(encoded.Length));
        try
        {
            var length = 0;
            while (!encoded.IsEmpty)
            {
                var percent = encoded.IndexOf('%');
                var plain = percent < 0 ? encoded : encoded[..percent];
                length += Encoding.UTF8.GetBytes(plain, bytes.AsSpan(length));
                encoded = encoded[plain.Length..];
                if (encoded.IsEmpty) break;
                if (encoded.Length < 3 || Convert.FromHexString(encoded.Slice(1, 2), bytes.AsSpan(length), out _, out _) != OperationStatus.Done) return false;
                length++;
                encoded = encoded[3..];
            }

            return Utf8.IsValid(bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
