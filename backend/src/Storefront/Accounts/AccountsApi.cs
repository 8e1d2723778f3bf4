using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Storefront.Accounts.Guessing;
using Storefront.Accounts.Keys;
using Storefront.Accounts.Passwords;
using Storefront.Accounts.Tokens;
using Storefront.Data;

namespace Storefront.Accounts;

/// <summary>Sign-up, log-in and one's own account.</summary>
internal static class AccountsApi
{
    public const string AdminPolicy = "admin";

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(identity =>
        {
            identity.Password = new PasswordOptions
            {
                RequiredLength = PasswordRules.MinLength,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
                RequiredUniqueChars = 1,
            };
        }).AddEntityFrameworkStores<StorefrontDb>();
        // Its look-ups before the insert are the race that the unique index decides.
        services.RemoveAll<IUserValidator<User>>();
        services.AddSingleton<Argon2idPasswordHasher>();
        services.AddSingleton<IPasswordHasher<User>>(provider => provider.GetRequiredService<Argon2idPasswordHasher>());
        services.AddSingleton<PasswordGate>();
        services.AddScoped<LogInThrottle>();
        services.AddScoped<IOwner, CurrentUser>();

        services.AddSingleton<RootKey>();
        services.AddSingleton<SigningKeyStore>();
        services.AddSingleton<SigningKeyRing>();
        services.AddHostedService<SigningKeyRotation>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerTokens>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        // Comes with authentication and would write a key ring into the home folder at start. Nothing here uses it.
        var keyRing = services.Single(service => service.ImplementationType is { Name: "DataProtectionHostedService" });
        services.Remove(keyRing);
        services.AddAuthorizationBuilder()
            .AddPolicy(AdminPolicy, policy => policy.RequireAuthenticatedUser().RequireClaim("role", AccessTokens.AdminRole))
            // A route that says nothing is closed.
            .SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("").WithTags("Accounts");
        SignUp.Map(accounts);
        LogIn.Map(accounts);
        Me.Map(accounts);
    }
}
