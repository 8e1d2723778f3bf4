using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Sessions.Keys;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.AccessTokens;

public sealed class AccessTokenTests(SessionsServer server) : IAsyncLifetime
{
    private TokensApp _app = null!;
    private SessionTokens _signedIn = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TokensApp.StartAsync(server);
        _signedIn = await _app.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task The_forge_makes_good_tokens_where_it_changes_nothing()
    {
        using var answer = await _app.AskAsync(Forge.Mint());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("somebody", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_forged_token_is_a_401_and_none_of_them_is_remembered()
    {
        foreach (var (name, make) in Forge.Forgeries)
        {
            var forged = make();
            // Twice: what was refused must not be good the second time.
            for (var time = 1; time <= 2; time++)
            {
                using var answer = await _app.AskAsync(forged);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"A token with the fault '{name}' was answered with {(int)answer.StatusCode}, asked {time} times.");
                Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(-14, 200)]
    [InlineData(-16, 401)]
    [InlineData(0, 200)]
    public async Task A_token_of_the_backends_own_is_good_for_a_quarter_of_an_hour(int mintedMinutesFromNow, int status)
    {
        var token = Forge.Mint(token =>
        {
            var minted = DateTime.UtcNow.AddMinutes(mintedMinutesFromNow);
            (token.IssuedAt, token.NotBefore, token.Expires) = (minted, minted, minted.AddMinutes(15));
        });
        using var answer = await _app.AskAsync(token);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_remembered_token_of_an_ended_session_is_a_401_at_once()
    {
        var token = _signedIn.AccessToken;
        for (var time = 0; time < 3; time++)
        {
            using var good = await _app.AskAsync(token);
            Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        }

        Assert.Equal(1, Ring.Keys[0].Verified!.Count);
        Assert.True(await _app.Sessions.SignOutAsync(_signedIn.RefreshToken, TestContext.Current.CancellationToken));
        using var ended = await _app.AskAsync(token);
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
    }

    private SigningKeyRing Ring => _app.Services.GetRequiredService<SigningKeyRing>();

    private TokenForge Forge => new(Ring, _signedIn.SessionId);
}
