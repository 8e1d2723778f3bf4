using Npgsql;

namespace Roadworthy.Wire.Tests.Support;

/// <summary>A database of a test's own, with a proxy before it.</summary>
internal sealed class ProxiedDatabase : IAsyncDisposable
{
    private readonly List<string> _troubles = [];

    private ProxiedDatabase(string direct) => Direct = direct;

    /// <summary>The connection string without the proxy.</summary>
    public string Direct { get; }

    /// <summary>The connection string through it, without a pool.</summary>
    public string Through { get; private set; } = "";

    public WireProxy Proxy { get; private set; } = null!;

    public Recorder Log { get; } = new();

    public string Name => new NpgsqlConnectionStringBuilder(Direct).Database!;

    public string Password => new NpgsqlConnectionStringBuilder(Direct).Password!;

    public string[] Troubles
    {
        get
        {
            lock (_troubles) return [.. _troubles];
        }
    }

    public static async Task<ProxiedDatabase> CreateAsync(Database database, Action<WireProxyOptions>? configure = null)
    {
        var made = new ProxiedDatabase(await database.CreateAsync());
        var options = new WireProxyOptions { Port = database.Server.Port, Observer = made.Log, Trouble = made.Note };
        configure?.Invoke(options);
        made.Proxy = WireProxy.Start(options);
        made.Through = new NpgsqlConnectionStringBuilder(made.Direct) { Host = "127.0.0.1", Port = made.Proxy.Port, Pooling = false, SslMode = SslMode.Disable }.ConnectionString;
        return made;
    }

    public async Task<NpgsqlConnection> OpenAsync(string? more = null)
    {
        var connection = new NpgsqlConnection(Through + ";" + more);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Beside the proxy.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Direct + ";Pooling=false");
        await connection.OpenAsync();
        return await connection.AskAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
    }

    private void Note(string sentence)
    {
        lock (_troubles) _troubles.Add(sentence);
    }
}
