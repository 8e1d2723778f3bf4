using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed class AuthorizationTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;
    private readonly IReadOnlyList<Endpoint> _endpoints = fixture.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    [Fact]
    public void Every_route_says_who_may_call_it() => Assert.Empty(AccessDecisions.Undecided(_endpoints));

    [Fact]
    public void A_route_that_says_nothing_is_found()
    {
        Assert.Equal("silent", Assert.Single(AccessDecisions.Undecided([Made("silent"), Made("open", new AllowAnonymousAttribute()), Made("closed", new AuthorizeAttribute())])));

        static Endpoint Made(string name, params object[] metadata) => new(_ => Task.CompletedTask, new EndpointMetadataCollection(metadata), name);
    }

    [Fact]
    public void What_is_open_to_anybody_is_this_and_nothing_else()
    {
        var open = AccessDecisions.RequestsTo(_endpoints.Where(AccessDecisions.IsOpen)).Select(route => $"{route.Method} {route.Path}")
            .Where(route => !route.Contains("/scalar", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(
            "GET / | GET /.well-known/jwks.json | GET /api/products | GET /api/products/no-such | GET /health/live | GET /health/ready | GET /login | GET /openapi/{documentName}.json | GET /signup | GET /storefront.css | POST /api/email/confirm | POST /api/login | POST /api/logout | POST /api/password/forgot | POST /api/password/reset | POST /api/signup | POST /api/token/refresh | POST /login | POST /signup",
            string.Join(" | ", open));
    }

    [Fact]
    public async Task Every_closed_route_is_a_401_for_anybody_before_it_looks_at_the_request()
    {
        var routes = AccessDecisions.RequestsTo(_endpoints.Where(endpoint => !AccessDecisions.IsOpen(endpoint) && !AccessDecisions.IsPage(endpoint))).ToList();
        Assert.True(routes.Count >= 9, string.Join('\n', routes));
        foreach (var (method, path) in routes)
        {
            var answer = await _host.Anonymous.AskAsync(method, $"{path}?limit=wrong", method is "GET" ? null : Requests.Json("not JSON"));
            await Task.FromResult(answer).ShouldBeProblemAsync(401, "unauthorized");
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task Every_closed_page_sends_anybody_to_log_in_before_it_looks_at_the_request()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Address };
        var routes = AccessDecisions.RequestsTo(_endpoints.Where(endpoint => !AccessDecisions.IsOpen(endpoint) && AccessDecisions.IsPage(endpoint))).ToList();
        var console = routes.Where(route => route.Path.StartsWith("/console", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, console.Count(route => route.Method == "POST"));
        Assert.Equal("GET /account | GET /dashboard | POST /logout", string.Join(" | ", routes.Except(console).Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal)));
        foreach (var (method, path) in routes)
        {
            var answer = await http.AskAsync(method, $"{path}?after=wrong");
            await answer.ShouldBeAsync(303);
            Assert.StartsWith("/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_route_for_administrators_is_a_403_for_others_before_it_looks_at_the_request()
    {
        var person = await _host.SignUpAsync();
        var routes = AccessDecisions.RequestsTo(_endpoints.Where(AccessDecisions.IsForAdministrators)).ToList();
        Assert.Equal(3, routes.Count);
        foreach (var (method, path) in routes)
            await person.Client.AskAsync(method, $"{path}?limit=wrong", method is "GET" ? null : Requests.Json("not JSON")).ShouldBeProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task Whoever_is_no_administrator_any_more_gets_no_administrators_token_any_more()
    {
        var admin = await _host.SignUpAsync(admin: true);
        await admin.Client.ReadAsync("/api/dashboard").ShouldBeAsync(200);
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE users SET is_admin = false WHERE id = $1", admin.Id);
        using var again = _host.Client(await _host.LogInAsync(admin.Email));
        await again.ReadAsync("/api/dashboard").ShouldBeProblemAsync(403);
    }
}
