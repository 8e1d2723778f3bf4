using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Roadworthy.Console.Tests.Support;

/// <summary>A small application with the console, on Kestrel. People sign in with a cookie, of a role that they choose.</summary>
internal sealed class ConsoleApp : IAsyncDisposable
{
    public const string Instance = "shop-1";

    private readonly WebApplication _app;

    private ConsoleApp(WebApplication app)
    {
        _app = app;
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ConsoleApp> StartAsync(
        Action<WebApplicationBuilder>? build = null, Action<WebApplication>? map = null, Action<RouteGroupBuilder>? console = null, Action<ConsoleOptions>? options = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthentication("cookie").AddCookie("cookie", cookie =>
        {
            cookie.LoginPath = "/login";
            cookie.Events.OnRedirectToAccessDenied = denied =>
            {
                denied.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        builder.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.AddAuthenticationSchemes("cookie").RequireRole("admin"));
        builder.Services.AddRoadworthyConsole(settings =>
        {
            (settings.Policy, settings.Instance, settings.Release) = ("operators", Instance, "1.2.3");
            options?.Invoke(settings);
        });
        build?.Invoke(builder);
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        map?.Invoke(app);
        app.MapGet("/sign-in/{role}", async (string role, HttpContext http) =>
        {
            Claim[] claims = [new("sub", role), new(ClaimTypes.Role, role), new("email", $"{role}@example.com")];
            await http.SignInAsync("cookie", new(new ClaimsIdentity(claims, "cookie")));
        });
        var group = app.MapRoadworthyConsole("/console");
        console?.Invoke(group);
        await app.StartAsync();
        return new(app);
    }

    /// <summary>A browser of somebody who is signed in with a role; null for a stranger's.</summary>
    public async Task<Browser> BrowserAsync(string? role = "admin")
    {
        var browser = new Browser(Address);
        if (role is not null) await browser.GetAsync($"/sign-in/{role}");
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
