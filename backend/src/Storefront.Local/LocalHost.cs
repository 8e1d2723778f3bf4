using System.Diagnostics;
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
    private const string ConnectionVariable = "ConnectionStrings__Storefront";

    /// <returns>0, or 2 where the start could not be.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
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
        var given = !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(ConnectionVariable));
        var development = string.Equals(Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT"), "Development", StringComparison.OrdinalIgnoreCase);
        if (given || !development) return await ServeAsync(arguments, null, development ? DataFolder.Open(arguments.Data) : null);

        var folder = DataFolder.Open(arguments.Data);
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = folder.Postgres, Progress = Console.WriteLine });
        await server.CreateDatabaseAsync("storefront");
        return await ServeAsync(arguments, server, folder);
    }

    private static async Task<int> ServeAsync(LocalArguments arguments, PostgresServer? server, DataFolder? folder)
    {
        var demo = arguments.Demo ?? server is not null;
        await using var app = StorefrontApp.Create([$"--urls={DefaultUrl}", .. arguments.Rest], builder =>
        {
            var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            if (server is not null) settings["ConnectionStrings:Storefront"] = server.GetConnectionString("storefront");
            if (folder is not null && builder.Configuration["Storefront:RootKey"] is null) settings["Storefront:RootKeyFile"] = folder.RootKeyFile;
            builder.Configuration.AddInMemoryCollection(settings);
        });
        var stopping = app.Lifetime.ApplicationStopping;
        if (arguments.Migrate)
        {
            await StorefrontApp.MigrateAsync(app, stopping);
            return 0;
        }

        if (demo) Loopback.Require(app.Configuration);
        await StorefrontApp.PrepareAsync(app, stopping);
        var password = demo ? await DemoData.LoadAsync(app, folder?.DemoPasswordFile, stopping) : null;
        await app.StartAsync(stopping);
        Banner.Print(app, server, folder, password, DateTime.Now - Process.GetCurrentProcess().StartTime);
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

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
