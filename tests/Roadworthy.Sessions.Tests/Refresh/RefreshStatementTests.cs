using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Sessions.Refresh;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Refresh;

/// <summary>The statement against the reference model, each case alone.</summary>
public sealed class RefreshStatementTests(SessionsServer server) : IAsyncLifetime
{
    private ClonedDatabase? _database;
    private NpgsqlConnection? _connection;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CloneAsync();
        _connection = new(_database.ConnectionString + ";Pooling=false;Max Auto Prepare=32;Auto Prepare Min Usages=2");
        await _connection.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    [Fact]
    public async Task At_every_limit_it_does_what_the_model_does()
    {
        var lab = Lab();
        foreach (var given in RefreshCases.AtLimits()) await ShouldAgreeAsync(lab, given);
    }

    [Fact]
    public Task At_a_thousand_random_states_it_does_what_the_model_does() => AgreeAtRandomAsync(1_000);

    [Fact]
    [Trait("Category", "Long")]
    public Task At_ten_thousand_random_states_it_does_what_the_model_does() => AgreeAtRandomAsync(10_000);

    private RefreshLab Lab() => new(_connection!, RefreshStatement.Text.Replace("{user_view}", "roadworthy.session_users", StringComparison.Ordinal));

    private async Task AgreeAtRandomAsync(int states)
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var lab = Lab();
        for (var n = 0; n < states; n++) await ShouldAgreeAsync(lab, RefreshCases.Random(random));
    }

    private static async Task ShouldAgreeAsync(RefreshLab lab, RefreshCase given)
    {
        var expected = ReferenceModel.Refresh(given, RefreshCases.Options);
        var effect = await lab.RunAsync(given, RefreshCases.Options);
        Assert.True(expected == effect, $"{given}\nmodel:     {expected}\nstatement: {effect}");
    }
}
