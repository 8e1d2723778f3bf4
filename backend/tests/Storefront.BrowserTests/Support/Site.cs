using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Npgsql;
using Storefront.Accounts;
using Storefront.Local.Demo;
using Storefront.Tests.Support;

namespace Storefront.BrowserTests.Support;

/// <summary>The backend with its demo data, on a port of its own, for a browser.</summary>
public class Site(PostgresFixture postgres, BrowserFixture browser) : IAsyncLifetime
{
    private StorefrontHost? _host;

    public StorefrontHost Host => _host!;

    public Uri Address => Host.Address;

    /// <summary>Of both demo accounts.</summary>
    public string Password { get; private set; } = "";

    /// <summary>A window that looks at this site. Skips the test where there is no browser.</summary>
    public Task<IPage> OpenAsync(Look? look = null) => browser.OpenAsync(Address, look);

    /// <summary>A window in which the administrator, or another account, has logged in.</summary>
    public async Task<IPage> LogInAsync(Look? look = null, string email = DemoAccounts.Admin)
    {
        var page = await OpenAsync(look);
        await page.GotoAsync("/login");
        await page.LogInAsync(email, Password);
        return page;
    }

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CloneAsync();
        _host = await StorefrontHost.StartAsync(database.ConnectionString, database, Settings, Configure, Map);
        var source = Host.Services.GetRequiredService<NpgsqlDataSource>();
        await DemoData.CopyIfEmptyAsync(source, DemoRows.Users, CancellationToken.None);
        Password = (await DemoAccounts.SetPasswordAsync(source, Host.Services.GetRequiredService<IPasswordHasher<User>>(), passwordFile: null, CancellationToken.None))!;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null) await _host.DisposeAsync();
    }

    /// <summary>Settings of a site of another kind.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>What a site of another kind sets before it is built.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    /// <summary>Routes of a site of another kind, such as ones that fail.</summary>
    protected virtual void Map(WebApplication app)
    {
    }
}

/// <summary>All tests that look at the usual site: one at a time, since they share it.</summary>
[CollectionDefinition(Name)]
public sealed class SiteTests : ICollectionFixture<Site>
{
    public const string Name = "site";
}
