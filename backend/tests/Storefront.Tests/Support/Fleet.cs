using System.Globalization;
using Roadworthy.Postgres;

namespace Storefront.Tests.Support;

/// <summary>Three instances of the backend as processes, on one database, behind one address.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly ClonedDatabase _database;
    private readonly List<BackendProcess> _instances = [];
    private readonly List<Uri> _addresses = [];
    private Balancer? _balancer;

    private Fleet(ClonedDatabase database) => _database = database;

    public string ConnectionString => _database.ConnectionString;

    public Uri Address => _balancer!.Address;

    public static async Task<Fleet> StartAsync(PostgresFixture postgres, params string[] arguments)
    {
        var fleet = new Fleet(await postgres.CloneAsync());
        for (var n = 0; n < 3; n++) fleet.Start(arguments);
        foreach (var instance in fleet._instances) fleet._addresses.Add(await instance.AddressAsync());
        fleet._balancer = new(fleet._addresses);
        return fleet;
    }

    /// <summary>A client whose every request takes a connection, and so an instance, of its own.</summary>
    public HttpClient Client(string? accessToken = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (accessToken is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", accessToken);
        return client;
    }

    /// <summary>kill -9 of one instance. The others go on.</summary>
    public void Kill(int number) => _instances[number].Kill();

    /// <summary>One instance after the other is replaced by one with these arguments.</summary>
    public async Task ReplaceAsync(params string[] arguments)
    {
        for (var number = 0; number < _addresses.Count; number++)
        {
            var replacement = Start(arguments);
            var old = _instances[number];
            _addresses[number] = await replacement.AddressAsync();
            _balancer!.Use([.. _addresses]);
            (_instances[number], _instances[^1]) = (replacement, old);
            await old.SignalAsync("TERM");
            Assert.Equal(0, await old.ExitAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_balancer is not null) await _balancer.DisposeAsync();
        foreach (var instance in _instances) await instance.DisposeAsync();
        await _database.DisposeAsync();
    }

    private BackendProcess Start(string[] arguments)
    {
        var limit = 1_000_000.ToString(CultureInfo.InvariantCulture);
        var instance = BackendProcess.Deployed(
            ConnectionString, [$"--Storefront:AccountRequestsPerMinute={limit}", "--Storefront:Sessions:RefreshesPerMinute=100000", .. arguments]);
        _instances.Add(instance);
        return instance;
    }
}
