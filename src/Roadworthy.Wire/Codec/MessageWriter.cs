using System.Buffers.Binary;
using System.Text;

namespace Roadworthy.Wire.Codec;

/// <summary>The few messages that the proxy sends itself.</summary>
internal static class MessageWriter
{
    public static void Query(ByteQueue into, ReadOnlySpan<byte> sql)
    {
        var message = Begin(into, FrontendCode.Query, sql.Length + 1);
        sql.CopyTo(message);
        message[^1] = 0;
    }

    public static void Flush(ByteQueue into) => Begin(into, FrontendCode.Flush, 0);

    public static void Execute(ByteQueue into, ReadOnlySpan<byte> portal)
    {
        var message = Begin(into, FrontendCode.Execute, portal.Length + 1 + 4);
        message.Clear();
        portal.CopyTo(message);
    }

    public static void Error(ByteQueue into, string severity, string sqlState, string message)
    {
        // Errors are rare: this may allocate.
        var body = Encoding.UTF8.GetBytes($"S{severity}\0V{severity}\0C{sqlState}\0M{message.Replace('\0', ' ')}\0\0");
        body.CopyTo(Begin(into, BackendCode.ErrorResponse, body.Length));
    }

    public static void Ready(ByteQueue into, byte status) => Begin(into, BackendCode.ReadyForQuery, 1)[0] = status;

    private static Span<byte> Begin(ByteQueue into, byte type, int bodyLength)
    {
        var message = into.Reserve(MessageFramer.HeaderLength + bodyLength);
        message[0] = type;
        BinaryPrimitives.WriteInt32BigEndian(message[1..], 4 + bodyLength);
        return message[MessageFramer.HeaderLength..];
    }
}
