using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Roadworthy.Backend.Benchmarks.Measuring;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Roadworthy.Backend.Benchmarks.Sessions;

/// <summary>
/// An OpenIddict server with EF Core's stores and its defaults, but for what would be to its disadvantage beside the others: ES256 in
/// place of RS256, and access tokens that are not encrypted. A refresh looks at the user, as its samples do.
/// </summary>
internal static class OpenIddictSite
{
    public static async Task<WebApplication> BuildAsync(string connection)
    {
        var builder = SiteBuilder.Create();
        builder.Services.AddDbContext<Context>(options => options.UseNpgsql(connection).UseOpenIddict());
        builder.Services.AddAuthentication();
        builder.Services.AddIdentityCore<IdentityUser>().AddEntityFrameworkStores<Context>().AddSignInManager();
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<Context>())
            .AddServer(server =>
            {
                server.SetTokenEndpointUris("/connect/token", "/sign-in");
                server.AllowPasswordFlow().AllowRefreshTokenFlow().AcceptAnonymousClients();
                server.AddEphemeralEncryptionKey().AddEphemeralSigningKey(SecurityAlgorithms.EcdsaSha256).DisableAccessTokenEncryption();
                server.UseAspNetCore().EnableTokenEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        var app = builder.Build();
        app.UseAuthentication();
        app.MapPost("/sign-in", TokenAsync);
        app.MapPost("/connect/token", TokenAsync);

        await using var scope = app.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Context>();
        await context.Database.EnsureCreatedAsync();
        context.AddRange(Users.OfIdentity());
        await context.SaveChangesAsync();
        return app;
    }

    private static async Task<IResult> TokenAsync(HttpContext http, SignInManager<IdentityUser> signIn)
    {
        const string scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
        var request = http.GetOpenIddictServerRequest()!;
        var id = request.IsRefreshTokenGrantType()
            ? (await http.AuthenticateAsync(scheme)).Principal!.GetClaim(Claims.Subject)
            : request.Username;
        if (await signIn.UserManager.FindByIdAsync(id!) is not { } user || !await signIn.CanSignInAsync(user)) return Results.Forbid(authenticationSchemes: [scheme]);

        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, user.Id).SetClaim(Claims.Email, user.Email);
        identity.SetScopes(Scopes.OfflineAccess);
        identity.SetDestinations(static _ => [Destinations.AccessToken]);
        return Results.SignIn(new(identity), authenticationScheme: scheme);
    }

    private sealed class Context(DbContextOptions<Context> options) : IdentityDbContext<IdentityUser>(options);
}
