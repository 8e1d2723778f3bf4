using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Sessions.AccessTokens;
using Roadworthy.Sessions.Keys;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Keys;

public sealed class SigningKeyRingTests(SessionsServer server) : IAsyncLifetime
{
    private static readonly byte[] Root = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<IAsyncDisposable> _instances = [];
    private ClonedDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await server.CloneAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var instance in _instances) await instance.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_next_key_is_published_a_day_before_it_signs()
    {
        var ring = Instance();
        var first = await ring.CurrentAsync(Cancel);
        Assert.Single(ring.Keys);

        await AdvanceAsync(ring, TimeSpan.FromDays(29));
        Assert.Equal(2, ring.Keys.Count);
        Assert.Equal(first.Id, (await ring.CurrentAsync(Cancel)).Id);

        await AdvanceAsync(ring, TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await ring.CurrentAsync(Cancel)).Id);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = await ring.CurrentAsync(Cancel);
        Assert.NotEqual(first.Id, second.Id, StringComparer.Ordinal);
        Assert.Equal(ring.Keys[0].Id, second.Id);
    }

    [Fact]
    public async Task A_token_of_the_old_key_verifies_until_its_end()
    {
        var ring = Instance();
        await ring.CurrentAsync(Cancel);
        await AdvanceAsync(ring, TimeSpan.FromDays(29));
        await AdvanceAsync(ring, TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        var token = await MintAsync(ring);
        await AdvanceAsync(ring, TimeSpan.FromMinutes(15));
        Assert.NotEqual(new JsonWebToken(token).Kid, (await ring.CurrentAsync(Cancel)).Id, StringComparer.Ordinal);
        Assert.True(await VerifiesAsync(ring, token));

        await AdvanceAsync(ring, TimeSpan.FromMinutes(6));
        Assert.Single(ring.Keys);
        Assert.False(await VerifiesAsync(ring, token));
    }

    [Fact]
    public async Task Two_instances_at_once_make_one_key()
    {
        SigningKeyRing[] rings = [.. Enumerable.Range(0, 8).Select(_ => Instance())];
        var keys = await Task.WhenAll(rings.Select(ring => ring.CurrentAsync(Cancel)));
        Assert.Single(keys.Select(key => key.Id).Distinct(StringComparer.Ordinal));
        _clock.Advance(TimeSpan.FromDays(29));
        await Task.WhenAll(rings.Select(ring => ring.RefreshAsync(Cancel)));
        Assert.Equal(2L, await Sql.ScalarAsync<long>(_database.ConnectionString, "SELECT count(*) FROM roadworthy.signing_keys"));
        Assert.Single(rings.Select(ring => string.Join(' ', ring.Keys.Select(key => key.Id))).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Another_instances_new_key_is_found_when_a_token_names_it()
    {
        var (old, young) = (Instance(), Instance());
        await old.CurrentAsync(Cancel);
        _clock.Advance(TimeSpan.FromDays(30));
        await young.RefreshAsync(Cancel);
        _clock.Advance(TimeSpan.FromDays(1));
        var token = await MintAsync(young);
        Assert.Null(old.Find(new JsonWebToken(token).Kid));
        await old.EnsureAsync(new JsonWebToken(token).Kid, Cancel);
        Assert.True(await VerifiesAsync(old, token));
    }

    [Fact]
    public async Task A_strangers_key_id_costs_a_look_every_five_seconds_at_most()
    {
        var looks = new Looks();
        var ring = Instance(looks: looks);
        await ring.CurrentAsync(Cancel);
        var loaded = looks.Count;
        for (var n = 0; n < 10; n++) await ring.EnsureAsync($"stranger{n}", Cancel);
        Assert.Equal(loaded, looks.Count);
        _clock.Advance(TimeSpan.FromSeconds(5));
        for (var n = 0; n < 10; n++) await ring.EnsureAsync($"stranger{n}", Cancel);
        Assert.Equal(loaded + 1, looks.Count);
        await ring.EnsureAsync(ring.Keys[0].Id, Cancel);
        Assert.Equal(loaded + 1, looks.Count);
    }

    [Fact]
    public async Task A_tampered_row_is_refused_with_the_remedy()
    {
        await Instance().CurrentAsync(Cancel);
        await Sql.ExecuteAsync(_database.ConnectionString, "UPDATE roadworthy.signing_keys SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)");
        await RefusesAsync(Instance());
        await Sql.ExecuteAsync(_database.ConnectionString, "UPDATE roadworthy.signing_keys SET sealed = '\\x00'");
        await RefusesAsync(Instance());
    }

    [Fact]
    public async Task A_sealed_key_cannot_be_passed_off_under_another_id()
    {
        await Instance().CurrentAsync(Cancel);
        await Sql.ExecuteAsync(_database.ConnectionString, "UPDATE roadworthy.signing_keys SET id = 'mine'");
        await RefusesAsync(Instance());
    }

    [Fact]
    public async Task Another_root_key_is_refused_with_the_remedy()
    {
        await Instance().CurrentAsync(Cancel);
        await RefusesAsync(Instance(root: new byte[32]));
    }

    [Fact]
    public async Task A_dump_of_the_database_holds_no_private_key()
    {
        var key = await Instance().CurrentAsync(Cancel);
        var secret = key.SecurityKey.ECDsa.ExportParameters(includePrivateParameters: true).D!;
        var box = Convert.ToHexString(await Sql.ScalarAsync<byte[]>(_database.ConnectionString, "SELECT sealed FROM roadworthy.signing_keys"));
        Assert.DoesNotContain(Convert.ToHexString(secret), box, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(key.Public.Q.X!), box, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_to_sign_by_another_clock_signs_where_it_is_the_only_one()
    {
        var ahead = Instance();
        await ahead.CurrentAsync(Cancel);
        var behind = Instance(clock: new FakeTimeProvider(_clock.GetUtcNow().AddMinutes(-3)));
        Assert.Equal(ahead.Keys[0].Id, (await behind.CurrentAsync(Cancel)).Id);
    }

    private static async Task RefusesAsync(SigningKeyRing ring)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ring.CurrentAsync(Cancel));
        Assert.Contains("Restore the root key", error.Message, StringComparison.Ordinal);
        Assert.Contains("delete the rows of roadworthy.signing_keys", error.Message, StringComparison.Ordinal);
        Assert.Empty(ring.Keys);
    }

    private async Task AdvanceAsync(SigningKeyRing ring, TimeSpan time)
    {
        _clock.Advance(time);
        await ring.RefreshAsync(Cancel);
    }

    private async Task<string> MintAsync(SigningKeyRing ring) =>
        (await new AccessTokenMinter(ring, new()).MintAsync("somebody", Guid.NewGuid(), 1, claims: null, _clock.GetUtcNow(), Cancel)).Value;

    private async Task<bool> VerifiesAsync(SigningKeyRing ring, string token)
    {
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = "roadworthy",
            ValidAudience = "roadworthy",
            IssuerSigningKeyResolver = (_, _, kid, _) => ring.Find(kid) is { } key ? [key.SecurityKey] : [],
            LifetimeValidator = (_, end, _, _) => _clock.GetUtcNow() <= end,
        };
        return (await new JsonWebTokenHandler().ValidateTokenAsync(token, parameters)).IsValid;
    }

    // What one process of a fleet has of its own.
    private SigningKeyRing Instance(byte[]? root = null, FakeTimeProvider? clock = null, Looks? looks = null)
    {
        var builder = new NpgsqlDataSourceBuilder(_database.ConnectionString);
        if (looks is not null) builder.UseLoggerFactory(looks);
        var source = builder.Build();
        _instances.Add(source);
        return new(
            new SigningKeyStore(source, new(TimeProvider.System)), new RootKeys(root ?? Root), new(), clock ?? _clock, NullLogger<SigningKeyRing>.Instance);
    }

    /// <summary>Counts what Npgsql says it has run.</summary>
    private sealed class Looks : ILoggerFactory, ILogger
    {
        public int Count { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == "CommandExecutionCompleted") Count++;
        }
    }
}
