using Roadworthy.Backend.Benchmarks.Measuring;
using Roadworthy.Backend.Benchmarks.Sessions;

namespace Roadworthy.Backend.Benchmarks.AccessTokens;

/// <summary>An endpoint that wants an access token and does nothing else, beside one that wants none.</summary>
internal static class TokensSite
{
    public static Task<WebApplication> RememberingAsync(string connection) => BuildAsync(connection, verified: 10_000);

    public static Task<WebApplication> VerifyingAsync(string connection) => BuildAsync(connection, verified: 0);

    private static async Task<WebApplication> BuildAsync(string connection, int verified)
    {
        var app = await RoadworthySite.BuildAsync(connection, sessions => (sessions.VerifiedTokens, sessions.AccessTokenLifetime) = (verified, TimeSpan.FromHours(1)));
        app.MapGet("/closed", () => "").RequireAuthorization();
        app.MapGet("/open", () => "");
        return app;
    }
}
