namespace Storefront.Tests.Support;

/// <summary>One backend on one clone for all tests of a class.</summary>
public sealed class StorefrontFixture(PostgresFixture postgres) : IAsyncLifetime
{
    private StorefrontHost? _host;

    public StorefrontHost Host => _host!;

    public async ValueTask InitializeAsync() => _host = await StorefrontHost.StartAsync(postgres);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
    }
}
