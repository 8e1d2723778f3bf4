using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;
using Roadworthy.Postgres;
using Storefront.Hosting.Management;
using Storefront.Local.Demo;

namespace Storefront.Local;

/// <summary>Says where everything is, once it is there.</summary>
internal static class Banner
{
    public static void Print(WebApplication app, PostgresServer? server, DataFolder? folder, string? password, TimeSpan took)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        var lines = new List<(string Name, string Value)> { ("Listening", address) };
        if (app.Environment.IsDevelopment()) lines.Add(("Try the API", $"{address}/scalar"));
        if (password is not null)
        {
            lines.Add(("Demo accounts", $"{DemoAccounts.Admin} (administrator), {DemoAccounts.User}"));
            lines.Add(("Their password", password));
        }

        lines.Add(("PostgreSQL", server is null ? Given(app) : $"{server.Version} on 127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}, started here"));
        if (server is not null) lines.Add(("Data", folder!.Path));
        if (app.Configuration["Storefront:Mail:Folder"] is { Length: > 0 } mail) lines.Add(("Mail", mail));
        if (app.Services.GetService<ManagementListener>()?.Addresses is [var management, ..]) lines.Add(("Metrics", $"{management}/metrics"));
        lines.Add(("Stop", "Ctrl-C"));

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Storefront is ready after {took.TotalSeconds:0.0} s ({app.Environment.EnvironmentName})"));
        Console.WriteLine();
        foreach (var (name, value) in lines) Console.WriteLine($"  {name,-15} {value}");
        Console.WriteLine();
    }

    private static string Given(WebApplication app)
    {
        var settings = new NpgsqlConnectionStringBuilder(app.Configuration.GetConnectionString("Storefront"));
        return $"{settings.Host}:{settings.Port.ToString(CultureInfo.InvariantCulture)}/{settings.Database}, as ConnectionStrings__Storefront says";
    }
}
