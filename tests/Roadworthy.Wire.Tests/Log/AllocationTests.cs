using System.Net.Sockets;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Log;

public sealed class AllocationTests
{
    private const int WarmUp = 5_000;
    private const int Statements = 100_000;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_hundred_thousand_statements_allocate_nothing(bool isExtended, bool isRuleArmed)
    {
        using var server = new FakeServer();
        var meter = new Meter();
        await using var proxy = WireProxy.Start(new() { Port = server.Port, Observer = meter });
        using var client = new RawClient(proxy.Port);
        client.Send(Messages.Startup());
        using var accepted = server.Accept();
        FakeServer.Read(accepted, Messages.Startup().Length);
        accepted.Send([.. Messages.Make('R', [0, 0, 0, 0]), .. Messages.Ready()]);
        client.ReadUntil('Z');
        // A rule that chooses nothing is asked about every statement.
        using var rule = isRuleArmed ? proxy.Fail("40001", "no", (in PendingStatement statement) => statement.Shape.Kind == StatementKind.Lock) : null;

        byte[] request = isExtended
            ? [.. Messages.Parse("", "SELECT name FROM items WHERE id = $1"), .. Messages.Bind("", "", "1"), .. Messages.DescribePortal(), .. Messages.Execute(), .. Messages.Sync()]
            : Messages.Query("SELECT name FROM items WHERE id = 4711 AND name IN ('a', 'b', 'c')");
        byte[] answer = isExtended
            ? [.. Messages.ParseComplete(), .. Messages.BindComplete(), .. Messages.RowDescription(), .. Messages.DataRow(), .. Messages.Complete("SELECT 1"), .. Messages.Ready()]
            : [.. Messages.RowDescription(), .. Messages.DataRow(), .. Messages.Complete("SELECT 1"), .. Messages.Ready()];
        var into = new byte[Math.Max(request.Length, answer.Length)];
        for (var n = 0; n < WarmUp + Statements; n++)
        {
            client.Socket.Send(request);
            Fill(accepted, into.AsSpan(0, request.Length));
            accepted.Send(answer);
            Fill(client.Socket, into.AsSpan(0, answer.Length));
        }

        Assert.Equal(WarmUp + Statements, meter.Log.Position);
        Assert.Equal(0, meter.Allocated);
    }

    private static void Fill(Socket socket, Span<byte> into)
    {
        while (!into.IsEmpty) into = into[socket.Receive(into)..];
    }

    /// <summary>Is told on the connection's thread, so it can say what that thread has allocated since it was warm.</summary>
    private sealed class Meter : IStatementObserver
    {
        private long _before;
        private long _after;

        public StatementLog Log { get; } = new(1_000);

        public long Allocated => _after - _before;

        public void Completed(in StatementRecord record)
        {
            Log.Completed(record);
            _after = GC.GetAllocatedBytesForCurrentThread();
            if (Log.Position <= WarmUp) _before = _after;
        }
    }
}
