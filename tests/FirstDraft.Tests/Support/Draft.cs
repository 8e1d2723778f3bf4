using Npgsql;
using Roadworthy.Testing;

namespace FirstDraft.Tests.Support;

/// <summary>One of the two drafts: where it lies, and how it is started.</summary>
internal sealed record Draft(string Name, string Folder)
{
    public static readonly Draft CSharp = new("C#", Checkout.Sample("first-draft"));
    public static readonly Draft Node = new("Node", Checkout.Sample("first-draft-node"));

    /// <summary>Starts it as its README says.</summary>
    /// <param name="connection">Its database.</param>
    /// <param name="mended">With the mend switched on.</param>
    public async Task<ServerProcess> StartAsync(string connection, bool mended)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["MENDED"] = mended ? "1" : "0",
            ["ADMIN_EMAIL"] = Instance.AdminEmail,
            ["ADMIN_PASSWORD"] = Instance.AdminPassword,
            ["DATABASE_URL"] = null,
            ["PORT"] = null,
        };
        if (this == CSharp)
        {
            environment["ConnectionStrings__Default"] = connection;
            environment["ASPNETCORE_ENVIRONMENT"] = "Development";
            environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
            return ServerProcess.Start("dotnet", [Checkout.Program("FirstDraft"), "--contentRoot", Folder], environment);
        }

        await NodePackages.RequireAsync();
        environment["DATABASE_URL"] = UrlOf(connection);
        environment["PORT"] = "0";
        await using (var migrate = ServerProcess.Start("node", [Path.Combine(Folder, "src", "migrate.mjs")], environment)) await migrate.WaitForOutputAsync("Applied 00[12].*\n$");
        return ServerProcess.Start("node", [Path.Combine(Folder, "src", "server.mjs")], environment);
    }

    private static string UrlOf(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        return $"postgres://{Uri.EscapeDataString(settings.Username!)}:{Uri.EscapeDataString(settings.Password!)}@{settings.Host}:{settings.Port}/{settings.Database}";
    }
}
