using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Roadworthy.Sessions;
using Storefront.Accounts.Guessing;
using Storefront.Accounts.Passwords;
using Storefront.Data;
using Storefront.Hosting;

namespace Storefront.Accounts;

/// <summary>Sign-up, log-in and one's own account.</summary>
internal static class AccountsApi
{
    public const string AdminPolicy = "admin";

    /// <summary>As the view <c>roadworthy.session_users</c> says it.</summary>
    public const string AdminRole = "admin";

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
        services.AddSingleton<AccountsMetrics>();
        services.AddSingleton<PasswordGate>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<NewPassword>();
        services.AddScoped<LogInCheck>();
        services.AddScoped<NewAccount>();
        services.AddScoped<LogInThrottle>();
        services.AddScoped<IOwner, CurrentUser>();

        services.AddRoadworthySessions();
        services.AddOptions<SessionsOptions>().BindConfiguration($"{StorefrontOptions.Section}:Sessions").Configure<IOptions<StorefrontOptions>>(Use);
        services.AddDataProtection().PersistKeysWithSessions();
        services.AddAuthorizationBuilder()
            .AddPolicy(AdminPolicy, policy => policy.RequireAuthenticatedUser().RequireClaim("role", AdminRole))
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
        ChangePassword.Map(accounts);
        ForgotPassword.Map(accounts);
        ResetPassword.Map(accounts);
        ConfirmEmail.Map(accounts);
        accounts.MapRoadworthySessions();
    }

    private static void Use(SessionsOptions sessions, IOptions<StorefrontOptions> options)
    {
        sessions.RootKey = options.Value.RootKey;
        sessions.RootKeyFile = options.Value.RootKeyFile;
        sessions.RootKeySetting = $"{StorefrontOptions.Section}:{nameof(StorefrontOptions.RootKey)}";
        sessions.Issuer = options.Value.Issuer;
        sessions.AccessTokenLifetime = options.Value.AccessTokenLifetime;
    }
}
