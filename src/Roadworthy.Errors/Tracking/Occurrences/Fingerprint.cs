using System.Security.Cryptography;
using System.Text;

namespace Roadworthy.Errors.Tracking.Occurrences;

/// <summary>
/// What makes two errors the same: a hash of the types and the top own frames, or of the logger and its event. Not the message, which holds
/// values, and no line numbers, which any change above shifts.
/// </summary>
internal sealed class Fingerprint
{
    // Of a deep stack the top tells the fault; further down it tells who called.
    public const int MostFrames = 4;

    private readonly StringBuilder _parts = new();

    public Fingerprint Add(string? part)
    {
        _parts.Append(part).Append('\n');
        return this;
    }

    /// <summary>A UUID of version 8: the first bits of a SHA-256.</summary>
    public Guid Hash()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(_parts.ToString()), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>For a message that has no template: numbers and ids in it make no difference.</summary>
    public static string WithoutNumbers(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var word in message.Split(' '))
        {
            text.Append(word.AsSpan().ContainsAnyInRange('0', '9') ? "#" : word).Append(' ');
        }

        return text.ToString();
    }
}
