using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Postgres;

namespace Roadworthy.Sessions.Tests.Support;

/// <summary>An application with one endpoint, <c>/me</c>, that wants an access token and says whose it is.</summary>
internal sealed class TokensApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ClonedDatabase _database;
    private readonly HttpClient _client;

    private TokensApp(WebApplication app, ClonedDatabase database) => (_app, _database, _client) = (app, database, app.GetTestClient());

    public IServiceProvider Services => _app.Services;

    public SessionManager Sessions => Services.GetRequiredService<SessionManager>();

    public static async Task<TokensApp> StartAsync(SessionsServer server)
    {
        var database = await server.CloneAsync();
        var builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.Services.AddRoadworthySessions(options => (options.RootKey, options.ConnectionString) = (SessionsApp.RootKey, database.ConnectionString));
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/me", (ClaimsPrincipal me) => me.FindFirstValue("sub")).RequireAuthorization();
        await app.StartAsync();
        await app.Services.GetRequiredService<SessionManager>().ReadyAsync(CancellationToken.None);
        return new(app, database);
    }

    /// <summary>A new user, signed in.</summary>
    public async Task<SessionTokens> SignInAsync()
    {
        var user = Guid.NewGuid();
        await Sql.ExecuteAsync(_database.ConnectionString, "INSERT INTO people (id) VALUES ($1)", user);
        return (await Sessions.SignInAsync(new(user.ToString())))!;
    }

    public async Task<HttpResponseMessage> AskAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await _client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
