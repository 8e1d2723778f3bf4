using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Storefront.Tests.Support;

namespace Storefront.Tests.Resilience;

/// <summary>There is no connection to be had: the server's limit, or the pool's.</summary>
public sealed class FullServerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_server_that_takes_no_more_connections_is_a_503_at_once_and_recovers_by_itself()
    {
        var database = await postgres.CloneAsync();
        var role = $"{database.Name}_app";
        var asRole = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Password = People.Password }.ConnectionString;
        // A superuser is let in past the limit.
        await Sql.ExecuteAsync(database.ConnectionString, $"CREATE ROLE \"{role}\" LOGIN PASSWORD '{People.Password}'");
        try
        {
            await Sql.ExecuteAsync(database.ConnectionString, $"GRANT ALL ON ALL TABLES IN SCHEMA public, roadworthy TO \"{role}\"; GRANT USAGE ON SCHEMA roadworthy TO \"{role}\"");
            await using (var host = await StorefrontHost.StartAsync(asRole))
            {
                var sku = await Shop.StockUpAsync(database.ConnectionString, stock: 5);
                var buyer = await host.BuyerAsync();
                await buyer.Client.BuyAsync(sku).ShouldBeAsync(201);

                await FillAsync(database.ConnectionString, database.Name);
                var since = Stopwatch.StartNew();
                var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => buyer.Client.BuyAsync(sku)));
                Assert.True(since.Elapsed < TimeSpan.FromSeconds(5), $"{since.Elapsed}");
                foreach (var answer in answers)
                {
                    await Task.FromResult(answer).ShouldBeProblemAsync(503, "database-unavailable");
                    Assert.NotNull(answer.Headers.RetryAfter);
                }

                Assert.Equal(5, host.Records.Errors().Count);
                await Sql.ExecuteAsync(database.ConnectionString, $"ALTER DATABASE \"{database.Name}\" CONNECTION LIMIT -1");
                await buyer.Client.BuyAsync(sku).ShouldBeAsync(201);
                Assert.Equal(3, await host.LeftAsync(sku));
            }
        }
        finally
        {
            await database.DisposeAsync();
            await Sql.ExecuteAsync(postgres.Server.GetConnectionString(), $"DROP ROLE \"{role}\"");
        }
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_is_a_503_within_the_time_to_connect()
    {
        var database = await postgres.CloneAsync();
        await using var host = await StorefrontHost.StartAsync($"{database.ConnectionString};Maximum Pool Size=1;Timeout=2", database);
        var sku = await host.StockUpAsync(stock: 5);
        var buyer = await host.BuyerAsync();
        await buyer.Client.BuyAsync(sku).ShouldBeAsync(201);

        await using (await host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            var since = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => buyer.Client.BuyAsync(sku).ShouldBeProblemAsync(503, "database-unavailable")));
            Assert.InRange(since.Elapsed, TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(5));
        }

        await buyer.Client.BuyAsync(sku).ShouldBeAsync(201);
        Assert.Equal(3, await host.LeftAsync(sku));
    }

    private static async Task FillAsync(string connection, string database)
    {
        await Sql.ExecuteAsync(connection, $"ALTER DATABASE \"{database}\" CONNECTION LIMIT 0");
        await Sql.ExecuteAsync(
            connection,
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'storefront'");
    }
}
