using Microsoft.Extensions.Options;
using Roadworthy.Sessions.Keys;
using Storefront.Accounts;
using Storefront.Dashboard;
using Storefront.Data;
using Storefront.Hosting.Management;
using Storefront.Mail;
using Storefront.Orders;
using Storefront.Pages;
using Storefront.Products;

namespace Storefront.Hosting;

/// <summary>The backend, put together. Program, the local host and the tests all start this one.</summary>
public static class StorefrontApp
{
    /// <summary>Runs until it is told to stop, or migrates and ends: <c>migrate</c> as the first argument.</summary>
    /// <returns>The exit code: 0, or 2 where it could not be set up.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            if (args is ["migrate", ..]) return await MigrateAsync(Create(args[1..]));
            await using var app = Create(args);
            await PrepareAsync(app, app.Lifetime.ApplicationStopping);
            await app.RunAsync();
            return 0;
        }
        catch (Exception error) when (StartFailure.Explain(error) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return StartFailure.ExitCode;
        }
    }

    /// <param name="args">Command-line configuration, such as <c>--urls http://127.0.0.1:5999</c>.</param>
    /// <param name="configure">What a host sets before the application is built.</param>
    /// <exception cref="InvalidOperationException">The connection string or the root key is missing, or an option is out of range.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory, ApplicationName = "Storefront" });
        configure?.Invoke(builder);
        RequireConnection(builder);

        builder.Services.AddOptions<StorefrontOptions>().BindConfiguration(StorefrontOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StorefrontOptions>, StorefrontOptionsFaults>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddPages();
        builder.AddRoadworthyErrors();
        builder.AddErrorTracking();
        builder.Services.AddRoadworthyQueries();
        builder.AddLimits().AddObservability().AddManagement();
        builder.Services.AddDatabase().AddHostedService<Housekeeping>();
        builder.Services.AddAccounts().AddMail().AddOrders().AddDashboard();
        builder.Services.AddRateLimits().AddHealth().AddApiDocument().AddOperatorsConsole();
        builder.Services.AddRoadworthyInput(input => input.MaxBodyBytes = Limits.MaxBodyBytes);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new UtcInstants()));

        var app = builder.Build();
        var options = app.Services.GetRequiredService<IOptions<StorefrontOptions>>().Value;
        app.Services.GetRequiredService<RootKey>();
        _ = app.Services.GetRequiredService<IOptions<MailOptions>>().Value;
        app.UseTrustedProxies(options);
        app.UseSecurityHeaders();
        app.UseRequestLog();
        app.UseRoadworthyErrors();
        app.UseRouting();
        app.UseRoadworthyQueries();
        app.UseUnrouted();
        app.UsePageHosts();
        app.UseRequestTimeouts();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseUserOnSpan();
        app.UseAuthorization();
        // Who looks at a page is known only once its own scheme was asked.
        app.UseUserOnSpan();

        var api = app.MapGroup("/api").WithQueryBudget(QueryBudgets.Usual);
        api.MapAccounts();
        api.MapProducts();
        api.MapOrders();
        api.MapDashboard();
        app.MapRoadworthyJwks().AllowWrites();
        app.MapHealth();
        app.MapApiDocument(options);
        app.MapPages(options);
        app.MapOperatorsConsole();
        return app;
    }

    /// <summary>What comes before listening: the migrations, in development or where the options say so.</summary>
    public static async Task PrepareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var options = app.Services.GetRequiredService<IOptions<StorefrontOptions>>().Value;
        if (options.MigrateAtStart ?? app.Environment.IsDevelopment()) await MigrateAsync(app, cancellationToken);
    }

    /// <summary>Brings the schema up to this version.</summary>
    public static Task MigrateAsync(WebApplication app, CancellationToken cancellationToken) =>
        Migrator.MigrateAsync(app.Configuration.GetConnectionString(Database.ConnectionName)!, app.Logger, cancellationToken);

    private static async Task<int> MigrateAsync(WebApplication app)
    {
        await using (app) await MigrateAsync(app, app.Lifetime.ApplicationStopping);
        return 0;
    }

    private static void RequireConnection(WebApplicationBuilder builder)
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(Database.ConnectionName))) return;
        throw new InvalidOperationException(
            "There is no database to use: set the environment variable ConnectionStrings__Storefront, for example to "
            + "'Host=db.internal;Database=storefront;Username=storefront;Password=...'. For a start without a server of your own, "
            + "./run brings one along.");
    }
}
