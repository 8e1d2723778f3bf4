using System.Diagnostics;
using Npgsql;
using Roadworthy.Postgres;
using Storefront.Hosting;
using Storefront.Local.Demo;

namespace Storefront.Local;

/// <summary>
/// What <c>./run</c> starts: the backend with a PostgreSQL and demo data around it. A program of its own, so that what is
/// published for production holds neither the embedded server nor demo accounts.
/// </summary>
internal static class LocalHost
{
    private const string DefaultUrl = "http://127.0.0.1:5080";
    private const string DatabaseName = "storefront";

    // The process may be older: ./run has built in it before.
    private static long _started;

    /// <returns>0, or 2 where the start could not be.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        _started = Stopwatch.GetTimestamp();
        try
        {
            var arguments = LocalArguments.Parse(args);
            if (arguments.Help)
            {
                Console.WriteLine(LocalArguments.Usage);
                return 0;
            }

            DefaultEnvironment();
            return await RunAsync(arguments);
        }
        catch (Exception error) when (Explain(error) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return StartFailure.ExitCode;
        }
    }

    private static async Task<int> RunAsync(LocalArguments arguments)
    {
        var given = !string.IsNullOrWhiteSpace(GivenConnection(arguments));
        var development = string.Equals(Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT"), "Development", StringComparison.OrdinalIgnoreCase);
        var folder = development ? DataFolder.Open(arguments.Data) : null;
        if (!given && folder is not null) return await EmbeddedAsync(arguments, folder);
        await using var app = Create(arguments, folder);
        return await ServeAsync(app, arguments, null, folder);
    }

    // The server starts while the application is put together: each takes most of a second on a first start.
    private static async Task<int> EmbeddedAsync(LocalArguments arguments, DataFolder folder)
    {
        WarmUp.Begin(migrations: !Directory.Exists(folder.Postgres));
        var starting = PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = folder.Postgres, Progress = Console.WriteLine });
        WebApplication app;
        try
        {
            app = Create(arguments, folder, "Host=127.0.0.1");
        }
        catch
        {
            await (await starting).DisposeAsync();
            throw;
        }

        await using var server = await starting;
        await using (app)
        {
            await server.CreateDatabaseAsync(DatabaseName);
            app.Configuration["ConnectionStrings:Storefront"] = server.GetConnectionString(DatabaseName);
            return await ServeAsync(app, arguments, server, folder);
        }
    }

    private static WebApplication Create(LocalArguments arguments, DataFolder? folder, string? connection = null) =>
        StorefrontApp.Create(arguments.Rest, builder =>
        {
            var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            if (connection is not null) settings["ConnectionStrings:Storefront"] = connection;
            if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls(DefaultUrl);
            if (folder is not null && builder.Configuration["Storefront:RootKey"] is null && builder.Configuration["Storefront:RootKeyFile"] is null)
                settings["Storefront:RootKeyFile"] = folder.RootKeyFile;
            if (folder is not null && builder.Configuration["Storefront:Mail:Folder"] is null && builder.Configuration["Storefront:Mail:Host"] is null)
                settings["Storefront:Mail:Folder"] = folder.Mail;
            if (folder is not null && builder.Configuration["Storefront:ErrorTracking:SpoolFolder"] is null)
                settings["Storefront:ErrorTracking:SpoolFolder"] = folder.Errors;
            builder.Configuration.AddInMemoryCollection(settings);
        });

    private static async Task<int> ServeAsync(WebApplication app, LocalArguments arguments, PostgresServer? server, DataFolder? folder)
    {
        var demo = arguments.Demo ?? server is not null;
        var stopping = app.Lifetime.ApplicationStopping;
        if (arguments.Migrate)
        {
            await StorefrontApp.MigrateAsync(app, stopping);
            return 0;
        }

        if (demo) Loopback.Require(app.Configuration);
        await StorefrontApp.PrepareAsync(app, stopping);
        var password = demo ? await DemoData.LoadAsync(app, folder?.DemoPasswordFile, stopping) : null;
        if (!demo) await DemoAccounts.CloseAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), stopping);
        await app.StartAsync(stopping);
        Banner.Print(app, server, folder, password, Stopwatch.GetElapsedTime(_started));
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

    // Wherever ASP.NET Core would find it: a database that somebody named must not be passed over for the embedded one.
    private static string? GivenConnection(LocalArguments arguments) => new ConfigurationBuilder()
        .AddEnvironmentVariables().AddCommandLine(arguments.Rest).Build().GetConnectionString("Storefront");

    private static void DefaultEnvironment()
    {
        if (Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is null)
            Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Development");
    }

    private static string? Explain(Exception error) => error switch
    {
        LocalStartException or PostgresServerException => error.Message,
        _ => StartFailure.Explain(error),
    };
}
