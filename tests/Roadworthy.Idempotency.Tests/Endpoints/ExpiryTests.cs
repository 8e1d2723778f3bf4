using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Roadworthy.Idempotency.Registration;
using Roadworthy.Idempotency.Store;
using Roadworthy.Idempotency.Tests.Support;

namespace Roadworthy.Idempotency.Tests.Endpoints;

public sealed class ExpiryTests(KeysServer server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_expired_key_is_free_before_anybody_has_purged_it(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        var first = await (await app.PostAsync("/payments", "one")).WholeAsync();
        await AgeAsync(app, "23:59:00");
        Assert.Equal(first, await (await app.PostAsync("/payments", "one")).WholeAsync());
        await AgeAsync(app, "00:01:01");
        var again = await (await app.PostAsync("/payments", "one", """{"amount":6}""")).WholeAsync();
        Assert.StartsWith("201", again, StringComparison.Ordinal);
        Assert.Equal(again, await (await app.PostAsync("/payments", "one", """{"amount":6}""")).WholeAsync());
        Assert.Equal((2, 1), (await app.PaymentsAsync(), await app.KeysAsync()));
    }

    [Fact]
    public async Task The_purge_removes_what_has_expired_and_nothing_else()
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext: false);
        await app.PostAsync("/payments", "one").ShouldBeAsync(201);
        await app.PostAsync("/payments", "two").ShouldBeAsync(201);
        await AgeAsync(app, "24:00:01");
        await app.PostAsync("/payments", "three").ShouldBeAsync(201);
        var purge = app.Services.GetRequiredService<KeyPurge>();
        Assert.Equal(2, await purge.PurgeAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await purge.PurgeAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, await app.KeysAsync());
    }

    [Fact]
    public async Task The_purge_leaves_a_row_that_somebody_holds()
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext: false);
        await app.PostAsync("/payments", "one").ShouldBeAsync(201);
        await AgeAsync(app, "24:00:01");
        await using var source = NpgsqlDataSource.Create(app.ConnectionString + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("SELECT FROM roadworthy.idempotency_keys FOR UPDATE", connection, transaction);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await app.Services.GetRequiredService<KeyPurge>().PurgeAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("00:00:59", 262144, "Lifetime")]
    [InlineData("30.00:00:01", 262144, "Lifetime")]
    [InlineData("1.00:00:00", 1023, "MaxAnswerBytes")]
    [InlineData("1.00:00:00", 16777217, "MaxAnswerBytes")]
    [InlineData("00:01:00", 1024, null)]
    [InlineData("30.00:00:00", 16777216, null)]
    public void Options_out_of_range_are_named(string lifetime, int bytes, string? fault)
    {
        var result = new IdempotencyOptionsValidator().Validate(
            null, new() { Lifetime = TimeSpan.Parse(lifetime, System.Globalization.CultureInfo.InvariantCulture), MaxAnswerBytes = bytes });
        Assert.Equal(fault is null, result.Succeeded);
        if (fault is not null) Assert.Contains($"IdempotencyOptions.{fault} is ", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_makes_what_the_package_makes()
    {
        await using var database = await server.CloneAsync();
        await Sql.ExecuteAsync(database.ConnectionString, $"DROP SCHEMA roadworthy CASCADE; {IdempotencySchema.Print()}");
        await using var source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.True(await IdempotencySchema.IsCurrentAsync(connection, TestContext.Current.CancellationToken));
        Assert.Equal(0, await IdempotencySchema.ApplyAsync(source, TestContext.Current.CancellationToken));
    }

    private static Task AgeAsync(PaymentsApp app, string time) => Sql.ExecuteAsync(
        app.ConnectionString, $"UPDATE roadworthy.idempotency_keys SET created_at = created_at - interval '{time}', expires_at = expires_at - interval '{time}'");
}
