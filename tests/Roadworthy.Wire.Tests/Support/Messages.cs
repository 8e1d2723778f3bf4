using System.Buffers.Binary;
using System.Text;

namespace Roadworthy.Wire.Tests.Support;

/// <summary>Messages of the protocol as bytes.</summary>
internal static class Messages
{
    public static byte[] Query(string sql) => Make('Q', sql + '\0');

    public static byte[] Parse(string name, string sql) => Make('P', $"{name}\0{sql}\0\0\0");

    public static byte[] Bind(string portal, string name, params string[] values)
    {
        List<byte> body = [.. Text($"{portal}\0{name}\0"), 0, 0, .. Short(values.Length)];
        foreach (var value in values) body.AddRange([.. Int(value.Length), .. Text(value)]);
        body.AddRange([0, 0]);
        return Make('B', [.. body]);
    }

    public static byte[] DescribePortal(string portal = "") => Make('D', $"P{portal}\0");

    public static byte[] Execute(string portal = "", int rows = 0) => Make('E', [.. Text(portal + '\0'), .. Int(rows)]);

    public static byte[] CloseStatement(string name) => Make('C', $"S{name}\0");

    public static byte[] Sync() => Make('S', "");

    public static byte[] Flush() => Make('H', "");

    public static byte[] CopyData(string data) => Make('d', data);

    public static byte[] CopyDone() => Make('c', "");

    public static byte[] CopyFail() => Make('f', "no\0");

    public static byte[] FunctionCall() => Make('F', [.. Int(952), 0, 0, 0, 0, 0, 0]);

    public static byte[] ParseComplete() => Make('1', "");

    public static byte[] BindComplete() => Make('2', "");

    public static byte[] CloseComplete() => Make('3', "");

    public static byte[] NoData() => Make('n', "");

    public static byte[] RowDescription() => Make('T', [0, 0]);

    public static byte[] DataRow(string value = "x") => Make('D', [0, 1, .. Int(value.Length), .. Text(value)]);

    public static byte[] Complete(string tag) => Make('C', tag + '\0');

    public static byte[] Empty() => Make('I', "");

    public static byte[] Suspended() => Make('s', "");

    public static byte[] CopyIn() => Make('G', [0, 0, 0]);

    public static byte[] CopyOut() => Make('H', [0, 0, 0]);

    public static byte[] CopyBoth() => Make('W', [0, 0, 0]);

    public static byte[] FunctionResult() => Make('V', Int(-1));

    public static byte[] Error(string sqlState, string severity = "ERROR") => Make('E', $"S{severity}\0V{severity}\0C{sqlState}\0Mno\0\0");

    public static byte[] Ready(char status = 'I') => Make('Z', [(byte)status]);

    public static byte[] Parameter(string name, string value) => Make('S', $"{name}\0{value}\0");

    public static byte[] Key(int process, int keyLength = 4) => Make('K', [.. Int(process), .. new byte[keyLength]]);

    public static byte[] Startup(int version = 196608, string user = "postgres", string database = "postgres")
    {
        byte[] body = [.. Int(version), .. Text($"user\0{user}\0database\0{database}\0\0")];
        return [.. Int(body.Length + 4), .. body];
    }

    public static byte[] Request(int code) => [.. Int(8), .. Int(code)];

    public static byte[] Make(char type, string body) => Make(type, Text(body));

    public static byte[] Make(char type, byte[] body) => [(byte)type, .. Int(body.Length + 4), .. body];

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
