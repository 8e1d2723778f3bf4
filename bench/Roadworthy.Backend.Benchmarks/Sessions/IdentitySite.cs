using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Roadworthy.Backend.Benchmarks.Measuring;

namespace Roadworthy.Backend.Benchmarks.Sessions;

/// <summary>MapIdentityApi with EF Core's stores and their defaults: its refresh tokens are not stored, and none is ever used up.</summary>
internal static class IdentitySite
{
    public static async Task<WebApplication> BuildAsync(string connection)
    {
        var builder = SiteBuilder.Create();
        builder.Services.AddDbContext<Context>(options => options.UseNpgsql(connection));
        builder.Services.AddAuthorization();
        builder.Services.AddIdentityApiEndpoints<IdentityUser>().AddEntityFrameworkStores<Context>();
        var app = builder.Build();
        app.MapIdentityApi<IdentityUser>();
        app.MapPost("/sign-in", async (string user, SignInManager<IdentityUser> signIn) =>
        {
            signIn.AuthenticationScheme = IdentityConstants.BearerScheme;
            // The bearer scheme writes the answer.
            await signIn.SignInAsync((await signIn.UserManager.FindByIdAsync(user))!, isPersistent: false);
        });

        await using var scope = app.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Context>();
        await context.Database.EnsureCreatedAsync();
        context.AddRange(Users.OfIdentity());
        await context.SaveChangesAsync();
        return app;
    }

    private sealed class Context(DbContextOptions<Context> options) : IdentityDbContext<IdentityUser>(options);
}
