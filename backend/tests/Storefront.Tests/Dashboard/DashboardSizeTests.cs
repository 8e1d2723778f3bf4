using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Storefront.Local.Demo;
using Storefront.Tests.Support;

namespace Storefront.Tests.Dashboard;

public sealed class DashboardSizeTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(50)]
    [InlineData(500)]
    [InlineData(5_000)]
    public async Task The_dashboard_costs_three_statements_however_many_users_there_are(int users)
    {
        await using var host = await StorefrontHost.StartAsync(postgres);
        var source = host.Services.GetRequiredService<NpgsqlDataSource>();
        Assert.True(await DemoData.CopyIfEmptyAsync(source, users, TestContext.Current.CancellationToken));
        var admin = await host.SignUpAsync(admin: true);

        JsonElement page = default;
        var statements = await host.CountStatementsAsync(async () => page = await admin.Client.ReadAsync("/api/dashboard?limit=500").ShouldBeAsync(200));
        Assert.True(statements.Calls == 3, $"{statements}");

        var shown = page.GetProperty("users").EnumerateArray().ToList();
        Assert.Equal(Math.Min(users + 1, 500), shown.Count);
        Assert.Equal(users + 1 <= 500, page.GetProperty("next").ValueKind is JsonValueKind.Null);
        var demo = shown.Where(user => user.GetProperty("id").GetGuid() != admin.Id).ToList();
        Assert.All(demo, user => Assert.Equal(10, user.GetProperty("orders").GetArrayLength()));
        Assert.All(demo.SelectMany(user => user.GetProperty("orders").EnumerateArray()), order => Assert.Equal(3, order.GetProperty("items").GetArrayLength()));
    }
}
