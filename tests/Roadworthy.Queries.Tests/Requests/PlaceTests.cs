using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Roadworthy.Queries.Tests.Support;

namespace Roadworthy.Queries.Tests.Requests;

public sealed class PlaceTests(Shop shop)
{
    private static readonly string Here = Source.LineOf("await here.ExecuteScalarAsync()");
    private static readonly string There = Source.LineOf("await there.ExecuteScalarAsync()");

    [Fact]
    public async Task One_statement_of_two_endpoints_has_the_place_of_each()
    {
        await using var site = await Site.StartAsync(shop, app =>
        {
            app.MapGet("/here", HereAsync);
            app.MapGet("/there", ThereAsync);
        });
        Assert.Equal(Here, await PlaceAsync(site, "/here"));
        Assert.Equal(There, await PlaceAsync(site, "/there"));
        Assert.Equal(Here, await PlaceAsync(site, "/here"));
    }

    [Fact]
    public async Task What_an_endpoint_sends_from_two_places_is_not_remembered_for_longer_than_a_second()
    {
        var time = new FakeTimeProvider();
        await using var site = await Site.StartAsync(
            shop, app => app.MapGet("/send", (NpgsqlDataSource source, bool there) => there ? ThereAsync(source) : HereAsync(source)), services: services => services.AddSingleton<TimeProvider>(time));
        Assert.Equal(Here, await PlaceAsync(site, "/send?there=false"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(There, await PlaceAsync(site, "/send?there=true"));
    }

    private static async Task<string?> PlaceAsync(Site site, string path) => Assert.Single((await site.TraceAsync(path)).Repeats).SourceLine;

    private static async Task<string> HereAsync(NpgsqlDataSource source)
    {
        for (var n = 0; n < 3; n++)
        {
            await using var here = source.CreateCommand("SELECT count(*) FROM orders WHERE user_id = $1");
            here.Parameters.AddWithValue(n);
            await here.ExecuteScalarAsync();
        }

        return "here";
    }

    private static async Task<string> ThereAsync(NpgsqlDataSource source)
    {
        for (var n = 0; n < 3; n++)
        {
            await using var there = source.CreateCommand("SELECT count(*) FROM orders WHERE user_id = $1");
            there.Parameters.AddWithValue(n);
            await there.ExecuteScalarAsync();
        }

        return "there";
    }
}
