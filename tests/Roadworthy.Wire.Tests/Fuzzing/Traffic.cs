using Roadworthy.Wire.Tests.Support;
using static Roadworthy.Wire.Tests.Support.Messages;

namespace Roadworthy.Wire.Tests.Fuzzing;

/// <summary>Messages at random: mostly such as there are, some broken, some no messages at all.</summary>
internal sealed class Traffic(Random random)
{
    private static readonly string[] Sql =
    [
        "SELECT 1", "SELECT $1", "BEGIN", "COMMIT", "ROLLBACK", "INSERT INTO t VALUES (1), (2)", "COPY t FROM STDIN", "COPY t TO STDOUT", "", ";", "DISCARD ALL",
        "DEALLOCATE s1", "PREPARE s1 AS SELECT 1", "EXECUTE s1", "SELECT 1; SELECT 2; SELECT 3", "SELECT 'open", "SELECT $$open", "/* open", "((((((", "))))", "VALUES (1),(1", "in (((?",
    ];

    private static readonly string[] Names = ["", "s1", "s2", "p1"];

    public byte[] FromClient() => Spoil(random.Next(14) switch
    {
        0 => Query(One(Sql)),
        1 or 2 => Parse(One(Names), One(Sql)),
        3 or 4 => Bind(One(Names), One(Names), One(Sql)),
        5 => DescribePortal(One(Names)),
        6 or 7 => Execute(One(Names), random.Next(3)),
        8 => CloseStatement(One(Names)),
        9 => Flush(),
        10 => FunctionCall(),
        11 => CopyData(One(Sql)),
        12 => random.Next(2) == 0 ? CopyDone() : CopyFail(),
        _ => Sync(),
    });

    public byte[] FromServer() => Spoil(random.Next(20) switch
    {
        0 or 1 => ParseComplete(),
        2 or 3 => BindComplete(),
        4 => CloseComplete(),
        5 => NoData(),
        6 => RowDescription(),
        7 or 8 => DataRow(),
        9 or 10 => Complete(random.Next(2) == 0 ? "SELECT 1" : "BEGIN"),
        11 => Empty(),
        12 => Suspended(),
        13 => CopyIn(),
        14 => CopyOut(),
        15 => FunctionResult(),
        16 => Error("22012", random.Next(9) == 0 ? "FATAL" : "ERROR"),
        17 => random.Next(20) == 0 ? CopyBoth() : Parameter("standard_conforming_strings", random.Next(2) == 0 ? "off" : "on"),
        _ => Ready("ITE"[random.Next(3)]),
    });

    private T One<T>(T[] choices) => choices[random.Next(choices.Length)];

    private byte[] Spoil(byte[] message)
    {
        switch (random.Next(60))
        {
            case 0:
                message[random.Next(message.Length)] = (byte)random.Next(256);
                return message;
            case 1:
                return message[..random.Next(message.Length)];
            case 2:
                random.NextBytes(message);
                return message;
            case 3:
                return Make((char)random.Next(256), new byte[random.Next(40_000)]);
            default:
                return message;
        }
    }
}
