using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Sessions.AccessTokens;
using Roadworthy.Sessions.Keys;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.AccessTokens;

/// <summary>A signature that was verified is remembered, and nothing else: whatever else can be wrong with a token is found each time.</summary>
public sealed class VerifiedTokensTests(SessionsServer server) : IAsyncLifetime
{
    private static readonly byte[] Root = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly List<IAsyncDisposable> _sources = [];
    private ClonedDatabase _database = null!;
    private SigningKeyRing _ring = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SigningKey Key => _ring.Keys[0];

    private VerifiedSignatures Verified => Key.Verified!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CloneAsync();
        _ring = await RingAsync(new());
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var source in _sources) await source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_token_that_comes_again_costs_no_arithmetic()
    {
        var (known, unknown) = (Mint(), Mint(generation: 2));
        Assert.True(await IsGoodAsync(known));
        // From here on the key can verify nothing.
        Key.SecurityKey.ECDsa.Dispose();
        Assert.True(await IsGoodAsync(known));
        Assert.False(await IsGoodAsync(unknown));
        Assert.Equal(1, Verified.Count);
    }

    [Fact]
    public async Task A_token_that_begins_or_ends_as_a_remembered_one_is_refused()
    {
        var (one, other) = (Mint(), Mint(generation: 2));
        Assert.True(await IsGoodAsync(one));
        Assert.True(await IsGoodAsync(other));
        var (signed, signature) = (one[..one.LastIndexOf('.')], one[(one.LastIndexOf('.') + 1)..]);
        var strange = other[(other.LastIndexOf('.') + 1)..];
        string[] forgeries =
        [
            $"{signed}.{strange}", $"{other[..other.LastIndexOf('.')]}.{signature}", $"{signed}.{signature}AA", $"{signed}.{signature[..^2]}", $"{signed}.", $"{signed}A.{signature}",
            $"{signed}.{Base64UrlEncoder.Encode(Base64UrlEncoder.DecodeBytes(signature).Concat(new byte[64]).ToArray())}",
        ];
        foreach (var forged in forgeries) Assert.False(await IsGoodAsync(forged), forged);
        Assert.Equal(2, Verified.Count);
    }

    [Fact]
    public async Task A_remembered_token_ends_when_it_ends_and_begins_when_it_begins()
    {
        var token = Mint();
        Assert.True(await IsGoodAsync(token));
        _clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(29));
        Assert.True(await IsGoodAsync(token));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsGoodAsync(token));

        var early = Mint(token => token.NotBefore = _clock.GetUtcNow().UtcDateTime.AddMinutes(5));
        Assert.False(await IsGoodAsync(early));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await IsGoodAsync(early));
    }

    [Fact]
    public async Task A_good_signature_makes_no_good_token_of_another_issuer_audience_or_algorithm()
    {
        string[] tokens = [Mint(token => token.Issuer = "elsewhere"), Mint(token => token.Audience = "elsewhere"), Mint(token => token.Expires = null)];
        foreach (var token in tokens.Concat(tokens)) Assert.False(await IsGoodAsync(token));
        var (good, parameters) = (Mint(), Parameters(_ring));
        Assert.True(await IsGoodAsync(good));
        parameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256];
        Assert.False((await new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler().ValidateTokenAsync(good, parameters)).IsValid);
    }

    [Fact]
    public async Task A_remembered_token_of_a_key_that_was_removed_is_refused()
    {
        var token = Mint();
        Assert.True(await IsGoodAsync(token));
        await Sql.ExecuteAsync(_database.ConnectionString, "DELETE FROM roadworthy.signing_keys");
        await _ring.RefreshAsync(Cancel);
        Assert.False(await IsGoodAsync(token));
        Assert.Equal(0, Verified.Count);
    }

    [Fact]
    public async Task A_change_of_the_root_key_signs_nobody_out_and_its_loss_everybody()
    {
        var token = Mint();
        var changed = await RingAsync(new(), [.. Root.Reverse()], Root);
        for (var time = 0; time < 2; time++) Assert.True(await IsGoodAsync(token, changed));
        await Sql.ExecuteAsync(_database.ConnectionString, "DELETE FROM roadworthy.signing_keys");
        Assert.False(await IsGoodAsync(token, await RingAsync(new(), [.. Root.Reverse()])));
    }

    [Fact]
    public async Task A_flood_of_forgeries_is_not_remembered_and_drives_nothing_out()
    {
        var token = Mint();
        Assert.True(await IsGoodAsync(token));
        var signed = token[..token.LastIndexOf('.')];
        for (var n = 0; n < 500; n++)
            Assert.False(await IsGoodAsync($"{signed}.{Base64UrlEncoder.Encode(System.Security.Cryptography.RandomNumberGenerator.GetBytes(64))}"));
        Assert.Equal(1, Verified.Count);
        Key.SecurityKey.ECDsa.Dispose();
        Assert.True(await IsGoodAsync(token));
    }

    [Fact]
    public async Task Many_at_once_are_each_judged_right_and_no_more_are_remembered_than_may_be()
    {
        var ring = await RingAsync(new() { VerifiedTokens = 16 });
        var tokens = Enumerable.Range(1, 100).Select(generation => Mint(generation: generation)).ToList();
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            var token = tokens[n * 7 % tokens.Count];
            Assert.True(await IsGoodAsync(token, ring));
            Assert.False(await IsGoodAsync($"{token[..^86]}{new string('A', 86)}", ring));
            Assert.InRange(ring.Keys[0].Verified!.Count, 0, 16);
        });
    }

    [Fact]
    public async Task With_none_to_be_remembered_each_is_verified()
    {
        var ring = await RingAsync(new() { VerifiedTokens = 0 });
        var token = Mint();
        for (var time = 0; time < 2; time++) Assert.True(await IsGoodAsync(token, ring));
        Assert.Null(ring.Keys[0].Verified);
        ring.Keys[0].SecurityKey.ECDsa.Dispose();
        Assert.False(await IsGoodAsync(token, ring));
    }

    private string Mint(Action<SecurityTokenDescriptor>? change = null, int generation = 1) => new TokenForge(_ring, Guid.Empty).Mint(token =>
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        (token.IssuedAt, token.NotBefore, token.Expires) = (now, now, now.AddMinutes(15));
        token.Claims["gen"] = generation;
        change?.Invoke(token);
    });

    // As the bearer handler does it, with the options that the package gives it.
    private async Task<bool> IsGoodAsync(string token, SigningKeyRing? ring = null) =>
        (await new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler().ValidateTokenAsync(token, Parameters(ring ?? _ring))).IsValid;

    private TokenValidationParameters Parameters(SigningKeyRing ring)
    {
        var bearer = new JwtBearerOptions();
        new BearerSetup(ring, new(new(new()), null!, null!), new(), _clock).Configure(bearer);
        return bearer.TokenValidationParameters;
    }

    private async Task<SigningKeyRing> RingAsync(SessionsOptions options, params byte[][] roots)
    {
        var source = NpgsqlDataSource.Create(_database.ConnectionString);
        _sources.Add(source);
        var ring = new SigningKeyRing(
            new SigningKeyStore(source, new(TimeProvider.System)), new RootKeys(roots is [] ? [Root] : roots), options, _clock, NullLogger<SigningKeyRing>.Instance);
        await ring.CurrentAsync(Cancel);
        return ring;
    }
}
