using System.Buffers.Binary;
using Npgsql;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Proxy;

public sealed class HandshakeTests(Database database)
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;

    [Fact]
    public async Task Encryption_is_declined_in_either_order_and_the_client_goes_on()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        foreach (var order in new[] { new[] { SslRequest, GssRequest }, [GssRequest, SslRequest] })
        {
            using var client = new RawClient(at.Proxy.Port);
            foreach (var request in order)
            {
                client.Send(Messages.Request(request));
                Assert.Equal('N', client.Byte());
            }

            client.Send(Messages.Startup(database: at.Name));
            Assert.Equal("R", client.ReadUntil('R'));
        }
    }

    [Fact]
    public async Task SCRAM_passes_untouched_and_TLS_that_is_preferred_is_done_without()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await using var connection = await at.OpenAsync("SSL Mode=Prefer;Channel Binding=Prefer");
        Assert.Equal(1, await connection.AskAsync("SELECT 1"));
        await Assert.ThrowsAsync<PostgresException>(() => at.OpenAsync("Password=wrong"));
        Assert.Empty(at.Troubles);
    }

    [Fact]
    public async Task TLS_that_is_required_gets_a_clear_message()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => at.OpenAsync("SSL Mode=Require"));
        await Eventually.TrueAsync(() => at.Troubles.Length > 0);
        Assert.Contains("sslmode=require", at.Troubles[0], StringComparison.Ordinal);
        Assert.Contains("SSL Mode=Disable", at.Troubles[0], StringComparison.Ordinal);
        var psql = await Tool.RunAsync(Tool.Postgres("psql"), [$"host=127.0.0.1 port={at.Proxy.Port} user=postgres sslmode=require"], mayFail: true);
        Assert.Contains("server does not support SSL", psql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channel_binding_that_is_required_gets_a_clear_message()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        var said = await Tool.RunAsync(Tool.Postgres("psql"), [$"host=127.0.0.1 port={at.Proxy.Port} user=postgres channel_binding=require sslmode=disable"],
            new Dictionary<string, string> { ["PGPASSWORD"] = at.Password }, mayFail: true);
        Assert.Contains("channel binding", said, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => at.Troubles.Length > 0);
        Assert.Contains("channel_binding=require", at.Troubles[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Direct_TLS_gets_an_alert_and_a_clear_message()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var client = new RawClient(at.Proxy.Port);
        client.Send([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]);
        Assert.Equal(0x15, client.Byte());
        await Eventually.TrueAsync(() => at.Troubles.Length > 0);
        Assert.Contains("sslnegotiation=direct", at.Troubles[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_PostgreSQLs_protocol_is_cut_off()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database);
        using var client = new RawClient(at.Proxy.Port);
        client.Send("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        Assert.Equal(-1, client.Byte());
        await Eventually.TrueAsync(() => at.Troubles.Length > 0);
    }

    [Theory]
    [InlineData(196608, 4)]
    [InlineData(196610, 32)]
    [InlineData(196610, 256)]
    public async Task The_keys_of_protocol_3_0_and_3_2_pass_and_so_do_their_cancels(int version, int keyLength)
    {
        using var server = new FakeServer();
        await using var proxy = WireProxy.Start(new() { Port = server.Port });
        using var client = new RawClient(proxy.Port);
        var startup = Messages.Startup(version);
        client.Send(startup);
        using var accepted = server.Accept();
        Assert.Equal(startup, FakeServer.Read(accepted, startup.Length));
        byte[] answer = [.. Messages.Make('R', [0, 0, 0, 0]), .. Messages.Key(4711, keyLength), .. Messages.Ready()];
        accepted.Send(answer);
        Assert.Equal("RKZ", client.ReadUntil('Z'));
        Assert.Equal(4711, Assert.Single(proxy.Connections).ProcessId);

        byte[] cancel = [0, 0, 0, 0, .. Messages.Request(80877102)[4..], .. Messages.Key(4711, keyLength)[5..]];
        BinaryPrimitives.WriteInt32BigEndian(cancel, cancel.Length);
        using var canceller = new RawClient(proxy.Port);
        canceller.Send(cancel);
        using var cancelled = server.Accept();
        Assert.Equal(cancel, FakeServer.Read(cancelled, cancel.Length));
        cancelled.Close();
        Assert.Equal(-1, canceller.Byte());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_to_the_client()
    {
        var gone = new FakeServer();
        var port = gone.Port;
        gone.Dispose();
        await using var proxy = WireProxy.Start(new() { Port = port });
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={proxy.Port};Username=x;Password=y;Pooling=false;SSL Mode=Disable");
        var error = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync());
        Assert.Equal("08001", error.SqlState);
        Assert.Contains($"127.0.0.1:{port}", error.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_beyond_the_bound_are_refused_as_PostgreSQL_refuses_them()
    {
        await using var at = await ProxiedDatabase.CreateAsync(database, options => options.MaxConnections = 2);
        await using var first = await at.OpenAsync();
        await using var second = await at.OpenAsync();
        Assert.Equal("53300", (await Assert.ThrowsAsync<PostgresException>(() => at.OpenAsync())).SqlState);
    }

    [Fact]
    public void Options_that_are_out_of_range_are_named_all_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => WireProxy.Start(new() { Port = 0, MaxConnections = 0, Host = "" }));
        Assert.All(["Host", "Port", "MaxConnections"], name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }
}
