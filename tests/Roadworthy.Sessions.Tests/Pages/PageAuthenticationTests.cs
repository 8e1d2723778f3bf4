using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Postgres;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Pages;

/// <summary>Pages and an API of one application, asked as browsers and scripts ask.</summary>
public sealed class PageAuthenticationTests(SessionsServer server)
{
    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_and_comes_back_to_the_page()
    {
        await using var app = await ShopAsync();
        var answer = await AskAsync(app, HttpMethod.Get, "/orders?page=2&q=a%26b");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/login?returnUrl=%2Forders%3Fpage%3D2%26q%3Da%2526b", answer.Headers.Location!.OriginalString);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        // What was sent can't be sent again by coming back.
        Assert.Equal("/login", (await AskAsync(app, HttpMethod.Post, "/orders")).Headers.Location!.OriginalString);
        // A script asked for no page.
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(app, HttpMethod.Get, "/orders", ("Sec-Fetch-Mode", "cors"))).StatusCode);
    }

    [Fact]
    public async Task Who_is_signed_in_has_the_claims_of_the_user_view_and_sees_what_the_role_may()
    {
        await using var app = await ShopAsync();
        var cookie = await SignInAsync(app, "user");
        Assert.Contains("sub sid role=user", await (await AskAsync(app, HttpMethod.Get, "/orders", ("Cookie", cookie))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var refused = await AskAsync(app, HttpMethod.Get, "/admin", ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("<h1>Not for this account</h1>", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(app, HttpMethod.Get, "/admin", ("Cookie", await SignInAsync(app, "admin")))).StatusCode);
    }

    [Fact]
    public async Task The_api_takes_no_cookie_and_pages_take_no_access_token()
    {
        await using var app = await ShopAsync();
        var cookie = await SignInAsync(app, "user");
        var api = await AskAsync(app, HttpMethod.Post, "/api/orders", ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        Assert.Equal("Bearer", api.Headers.WwwAuthenticate.ToString());

        var sessions = app.Services.GetRequiredService<SessionManager>();
        var tokens = await sessions.SignInAsync(new(await NewUserAsync(app, "admin")), cancellationToken: TestContext.Current.CancellationToken);
        var bearer = ("Authorization", $"Bearer {tokens!.AccessToken}");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(app, HttpMethod.Post, "/api/orders", bearer)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await AskAsync(app, HttpMethod.Get, "/orders", bearer)).StatusCode);
    }

    [Theory]
    [InlineData("/orders?page=2", "/orders?page=2")]
    [InlineData("/", "/")]
    [InlineData("//evil.example/", "/start")]
    [InlineData("/\\evil.example/", "/start")]
    [InlineData("https://evil.example/", "/start")]
    [InlineData("javascript:alert(1)", "/start")]
    [InlineData("~/orders", "/start")]
    [InlineData("/orders\r\nSet-Cookie: a=b", "/start")]
    [InlineData("\t//evil.example", "/start")]
    [InlineData("orders", "/start")]
    [InlineData("", "/start")]
    public void Signing_in_leads_on_to_paths_of_this_site_only(string asked, string expected)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = QueryString.Create(SessionPages.ReturnParameter, asked);
        Assert.Equal(expected, SessionPages.ReturnUrl(http, "/start"));
    }

    private static async Task<HttpResponseMessage> AskAsync(Shop app, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "https://shop.example" + path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> NewUserAsync(Shop app, string role)
    {
        var user = Guid.NewGuid();
        await Sql.ExecuteAsync(app.Database.ConnectionString, "INSERT INTO people (id, role) VALUES ($1, $2)", user, role);
        return user.ToString();
    }

    private static async Task<string> SignInAsync(Shop app, string role)
    {
        var answer = await AskAsync(app, HttpMethod.Post, $"/login?user={await NewUserAsync(app, role)}");
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    private async Task<Shop> ShopAsync()
    {
        var database = await server.CloneAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Services.AddRoadworthySessions(options => (options.RootKey, options.ConnectionString) = (SessionsApp.RootKey, database.ConnectionString));
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/login", (string user, HttpContext http, PageSessions pages) => pages.SignInAsync(http, new(user)));
        app.MapMethods("/orders", ["GET", "POST"], (HttpContext http) => string.Join(' ', http.User.Claims.Select(claim => claim.Type is "role" ? $"role={claim.Value}" : claim.Type)))
            .RequireAuthorization(SessionPages.Policy());
        app.MapGet("/admin", () => "for administrators").RequireAuthorization(SessionPages.Policy("admin"));
        app.MapPost("/api/orders", () => "ordered").RequireAuthorization();
        await app.StartAsync();
        return new(app, database);
    }

    private sealed record Shop(WebApplication App, ClonedDatabase Database) : IAsyncDisposable
    {
        public HttpClient Client { get; } = App.GetTestClient();

        public IServiceProvider Services => App.Services;

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await App.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
