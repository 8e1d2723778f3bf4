using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Roadworthy.Sessions.Store;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Store;

public sealed class SessionPurgeTests(SessionsServer server)
{
    [Fact]
    public async Task What_is_over_is_removed_and_what_may_still_be_refused_with_a_reason_is_kept()
    {
        await using var app = await SessionsApp.CreateAsync(server);
        var (live, idle, ended, longEnded, over) = (await app.SignInAsync(), await app.SignInAsync(), await app.SignInAsync(), await app.SignInAsync(), await app.SignInAsync());
        await app.PassAsync(idle.SessionId, new SessionsOptions().IdleLifetime + TimeSpan.FromMinutes(1));
        await app.Sessions.SignOutAsync(ended.RefreshToken);
        await app.PassAsync(ended.SessionId, TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        await app.Sessions.SignOutAsync(longEnded.RefreshToken);
        await app.PassAsync(longEnded.SessionId, TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await app.PassAsync(over.SessionId, new SessionsOptions().AbsoluteLifetime + TimeSpan.FromMinutes(1));

        var purge = new SessionPurge(app.Services.GetRequiredService<SessionStore>(), TimeProvider.System, NullLogger<SessionPurge>.Instance);
        Assert.Equal(2, await purge.PurgeAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await purge.PurgeAsync(TestContext.Current.CancellationToken));
        Assert.Equal(RefreshVerdict.Rotated, (await app.RefreshAsync(live)).Verdict);
        Assert.Equal(RefreshVerdict.Expired, (await app.RefreshAsync(idle)).Verdict);
        Assert.Equal(RefreshVerdict.Revoked, (await app.RefreshAsync(ended)).Verdict);
        Assert.Equal(RefreshVerdict.Unknown, (await app.RefreshAsync(longEnded)).Verdict);
        Assert.Equal(RefreshVerdict.Unknown, (await app.RefreshAsync(over)).Verdict);
    }
}
