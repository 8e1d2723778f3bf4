using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Roadworthy.Idempotency.Requests;

/// <summary>Texts with their length before them: a boundary that moves makes another hash.</summary>
internal static class Hashing
{
    public static void Append(this IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.Append(bytes.Length);
        hash.AppendData(bytes);
    }

    public static void Append(this IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
