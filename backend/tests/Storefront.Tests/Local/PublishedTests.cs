using System.Diagnostics;
using System.Text;
using Storefront.Tests.Support;

namespace Storefront.Tests.Local;

/// <summary>What is deployed: none of the conveniences of ./run is in it.</summary>
public sealed class PublishedTests(PostgresFixture postgres)
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task The_published_backend_holds_no_embedded_server_and_no_demo_accounts_and_serves()
    {
        await using var folder = TemporaryFolder.Create();
        await PublishAsync(folder.Path);

        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.True(File.Exists(folder.Sub("Storefront.dll")));
        Assert.DoesNotContain(files, file => Path.GetFileName(file).StartsWith("Roadworthy.Postgres", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(files, file => Path.GetFileName(file).StartsWith("Storefront.Local", StringComparison.OrdinalIgnoreCase));
        foreach (var word in (string[])["admin@example.com", "user@example.com", "STOREFRONT_DEMO_PASSWORD", "Roadworthy.Postgres"])
            Assert.Equal("", string.Join(", ", files.Where(file => Holds(file, word))));

        await using var database = await postgres.CloneAsync();
        await using var process = BackendProcess.Start(
            folder.Sub("Storefront.dll"),
            new(StringComparer.Ordinal) { ["ConnectionStrings__Storefront"] = database.ConnectionString, ["Storefront__RootKey"] = StorefrontHost.RootKey },
            "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        using var client = new HttpClient { BaseAddress = await process.AddressAsync() };
        await Eventually.TrueAsync("it is ready", client.IsReadyAsync);
        await client.LookAsync("/scalar").ShouldBeAsync(404);
        await process.SignalAsync("TERM");
        Assert.Equal(0, await process.ExitAsync());
    }

    private static bool Holds(string file, string word)
    {
        var bytes = File.ReadAllBytes(file).AsSpan();
        return bytes.IndexOf(Encoding.UTF8.GetBytes(word)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(word)) >= 0;
    }

    // Without a build: that would write into what the other tests are running.
    private static async Task PublishAsync(string to)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var start = new ProcessStartInfo("dotnet", ["publish", Project(), "-c", configuration, "-o", to, "--no-build", "--nologo"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var publish = Process.Start(start)!;
        var said = await publish.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2));
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, said);
    }

    private static string Project()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Roadworthy.slnx"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "backend", "src", "Storefront");
    }
}
