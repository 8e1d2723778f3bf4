using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Roadworthy.Input.Endpoints;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints;

public sealed class GuardPolicyTests
{
    [Fact]
    public async Task Who_may_not_call_an_endpoint_learns_nothing_of_its_input()
    {
        await using var app = await TestApp.StartAsync(
            a =>
            {
                a.UseAuthentication();
                a.UseAuthorization();
                a.MapPost("/orders/{id}", (int id, Order order) => "ran").RequireAuthorization();
            },
            services => services.AddAuthorization().AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, HeaderScheme>("Test", null));

        var anonymous = await app.PostAsync("/orders/x", "x");
        var known = await app.PostAsync("/orders/x", "x", request => request.Headers.Add("X-User", "u"));

        Assert.Equal(401, anonymous.Status);
        Assert.Empty(anonymous.Body);
        Assert.Equal(["path:id type", " syntax"], known.Rules);
    }

    [Theory]
    [InlineData("/7", "number 7")]
    [InlineData("/a?v=1", "name a 1")]
    [InlineData("/a?v=x", "query:v type")]
    public async Task Of_several_candidates_the_right_one_is_guarded(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/{id:int}", (int id) => $"number {id}");
            a.MapGet("/{name}", (string name, int v) => $"name {name} {v}");
        });

        var answer = await app.GetAsync(path);

        if (expected.StartsWith("query:", StringComparison.Ordinal)) Assert.Equal([expected], answer.Rules);
        else answer.IsOk(expected);
    }

    [Fact]
    public async Task An_endpoint_that_another_policy_chooses_during_the_request_is_guarded()
    {
        await using var app = await TestApp.StartAsync(
            a =>
            {
                a.MapGet("/", () => "plain");
                a.MapGet("/hidden", (int v) => v);
            },
            services => services.AddSingleton<MatcherPolicy, Exchange>());

        Assert.Equal(["query:v type"], (await app.GetAsync("/?v=x")).Rules);
        (await app.GetAsync("/?v=7.0")).IsOk("7");
    }

    [Fact]
    public async Task A_candidate_that_is_not_valid_stays_so()
    {
        await using var app = await TestApp.StartAsync(
            a =>
            {
                a.MapGet("/{v}", (int v) => "first").WithOrder(1);
                a.MapGet("/{w}", (int w) => "second").WithOrder(2);
            },
            services => services.AddSingleton<MatcherPolicy, NotTheFirst>());

        (await app.GetAsync("/1.0")).IsOk("second");
        Assert.Equal(["path:w type"], (await app.GetAsync("/x")).Rules);
    }

    [Fact]
    public async Task The_endpoint_keeps_its_name_and_its_metadata()
    {
        Endpoint? seen = null;
        await using var app = await TestApp.StartAsync(a => a.MapGet("/{v}", (int v, HttpContext http) =>
        {
            seen = http.GetEndpoint();
            return v;
        }).WithName("it").WithOrder(3));
        var endpoints = app.Services.GetRequiredService<GuardedEndpoints>();
        var declared = (RouteEndpoint)Assert.Single(app.Services.GetRequiredService<EndpointDataSource>().Endpoints);

        (await app.GetAsync("/7")).IsOk("7");
        var guarded = Assert.IsType<RouteEndpoint>(endpoints.Of(declared));

        Assert.Same(seen, endpoints.Of(seen!));
        Assert.NotSame(declared, guarded);
        Assert.Same(guarded, endpoints.Of(declared));
        Assert.Same(guarded, endpoints.Of(guarded));
        Assert.Same(declared.Metadata, guarded.Metadata);
        Assert.Same(declared.RoutePattern, guarded.RoutePattern);
        Assert.Equal(declared.DisplayName, guarded.DisplayName);
        Assert.Equal(3, guarded.Order);
    }

    [Fact]
    public async Task An_endpoint_that_takes_no_input_is_left_alone()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/delegate", (HttpContext http) => Task.CompletedTask);
            a.MapGet("/services", (IServiceProvider services, HttpContext http, CancellationToken token) => "it");
        });
        var endpoints = app.Services.GetRequiredService<GuardedEndpoints>();

        Assert.All(app.Services.GetRequiredService<EndpointDataSource>().Endpoints, declared => Assert.Same(declared, endpoints.Of(declared)));
    }

    [Theory]
    [InlineData("/short")]
    [InlineData("/fallback/of/all")]
    [InlineData("/late")]
    public async Task Every_kind_of_endpoint_is_guarded(string path)
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/short", (int v) => v).ShortCircuit();
            a.MapFallback("/fallback/{**rest}", (int v) => v);
            a.Use((http, next) => next(http));
            a.UseRouting();
#pragma warning disable ASP0014 // Both forms are in use.
            a.UseEndpoints(routes => routes.MapGet("/late", (int v) => v));
#pragma warning restore ASP0014
        });

        Assert.Equal(["query:v type"], (await app.GetAsync(path + "?v=x")).Rules);
        (await app.GetAsync(path + "?v=7.0")).IsOk("7");
    }

    [Fact]
    public async Task A_request_that_is_run_anew_is_guarded_anew()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.UseStatusCodePagesWithReExecute("/error", "?code={0}");
            a.UseRouting();
            a.MapGet("/error", (int code) => $"error {code}");
        });

        var answer = await app.GetAsync("/nowhere?code=x");

        Assert.Equal("error 404", answer.Body);
    }

    private sealed class Exchange(IServiceProvider services) : MatcherPolicy, IEndpointSelectorPolicy
    {
        public override int Order => 0;

        public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => endpoint is RouteEndpoint { RoutePattern.RawText: "/" });

        public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
        {
            var hidden = services.GetRequiredService<EndpointDataSource>().Endpoints.First(endpoint => endpoint is RouteEndpoint { RoutePattern.RawText: "/hidden" });
            candidates.ReplaceEndpoint(0, hidden, candidates[0].Values);
            return Task.CompletedTask;
        }
    }

    private sealed class NotTheFirst : MatcherPolicy, IEndpointSelectorPolicy
    {
        public override int Order => 0;

        public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Count > 1;

        public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
        {
            candidates.SetValidity(0, value: false);
            return Task.CompletedTask;
        }
    }

    private sealed class HeaderScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers["X-User"].Count == 0
            ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity("Test")), "Test")));
    }
}
