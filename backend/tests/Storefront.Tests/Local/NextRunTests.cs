using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Storefront.Tests.Support;

namespace Storefront.Tests.Local;

/// <summary>One data folder through several starts.</summary>
public sealed class NextRunTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Data_and_password_stay_from_start_to_start_and_every_end_is_clean()
    {
        await using var folder = TemporaryFolder.Create();
        var data = folder.Sub("data");
        string password;
        Guid order;
        await using (var first = await LocalRun.StartAsync(data))
        {
            password = first.Password;
            var user = await first.LogInAsync("user@example.com");
            order = (await user.BuyAsync("SKU-0001").ShouldBeAsync(201)).GetProperty("id").GetGuid();
            await EndAsync(first, "INT", folder.Path);
        }

        await RefuseTakenPortAsync(data, folder.Path);

        await using (var second = await LocalRun.StartAsync(data))
        {
            Assert.Equal(password, second.Password);
            var user = await second.LogInAsync("user@example.com");
            await user.LookAsync($"/api/orders/{order}").ShouldBeAsync(200);
            await EndAsync(second, "TERM", folder.Path);
        }

        await using var third = await LocalRun.StartAsync(data, new(StringComparer.Ordinal) { ["STOREFRONT_DEMO_PASSWORD"] = "chosen by a script" });
        Assert.Equal("chosen by a script", third.Password);
        await third.LogInAsync("admin@example.com", "chosen by a script");
        await third.Anonymous.TellAsync("/api/login", new { email = "admin@example.com", password }).ShouldBeProblemAsync(401, "wrong-credentials");
        await EndAsync(third, "TERM", folder.Path);
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_start_that_is_interrupted_leaves_no_process_and_the_next_one_works(string signal)
    {
        await using var folder = TemporaryFolder.Create();
        await using (var interrupted = LocalRun.Begin(folder.Sub("data")))
        {
            await interrupted.WaitForAsync("it makes the cluster", () => interrupted.Output.Contains("Making a PostgreSQL", StringComparison.Ordinal));
            await interrupted.SignalAsync(signal);
            await interrupted.ExitAsync();
        }

        output.WriteLine($"No process left {(await FolderProcesses.GoneAsync(folder.Path)).TotalSeconds:0.00} s after the end");
        await using var next = await LocalRun.StartAsync(folder.Sub("data"));
        await next.Anonymous.LookAsync("/health/ready").ShouldBeAsync(200);
        await EndAsync(next, "TERM", folder.Path);
    }

    private static async Task RefuseTakenPortAsync(string data, string folder)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var refused = LocalRun.Begin(data, null, "--urls", $"http://127.0.0.1:{port}");
        Assert.Equal(2, await refused.ExitAsync());
        Assert.Contains(port, refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--urls", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Output + refused.Errors, StringComparison.Ordinal);
        await FolderProcesses.GoneAsync(folder);
    }

    private async Task EndAsync(LocalRun run, string signal, string folder)
    {
        var since = Stopwatch.StartNew();
        Assert.Equal(0, await run.EndAsync(signal));
        Assert.Empty(FolderProcesses.Of(folder));
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), $"{since.Elapsed}");
        output.WriteLine($"SIG{signal} to the end: {since.Elapsed.TotalSeconds:0.00} s");
    }
}
