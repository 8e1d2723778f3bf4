using Storefront.Tests.Support;

namespace Storefront.Tests.Local;

/// <summary>What somebody finds who has just typed ./run.</summary>
public sealed class FirstRunTests(LocalFixture local) : IClassFixture<LocalFixture>
{
    private readonly LocalRun _run = local.Run;

    [Fact]
    public void The_banner_tells_address_accounts_password_server_and_data_folder()
    {
        Assert.Matches(@"^http://127\.0\.0\.1:\d+$", _run.Banner["Listening"]);
        Assert.Equal("admin@example.com (administrator), user@example.com", _run.Banner["Demo accounts"]);
        Assert.Matches("^[a-z2-9]{16}$", _run.Password);
        Assert.Matches(@"^\d+\.\d+ on 127\.0\.0\.1:\d+, started here$", _run.Banner["PostgreSQL"]);
        Assert.Equal(local.Data, _run.Banner["Data"]);
        Assert.Equal("Ctrl-C", _run.Banner["Stop"]);
    }

    [Fact]
    public async Task It_is_ready_when_the_banner_says_so()
    {
        await _run.Anonymous.LookAsync("/health/ready").ShouldBeAsync(200);
        await _run.Anonymous.LookAsync("/openapi/v1.json").ShouldBeAsync(200);
    }

    [Fact]
    public async Task The_demo_administrator_sees_500_users_with_10_orders_of_3_items_each()
    {
        var admin = await _run.LogInAsync("admin@example.com");
        var page = await admin.LookAsync("/api/dashboard?limit=500").ShouldBeAsync(200);
        var users = page.GetProperty("users").EnumerateArray().ToList();
        Assert.Equal(500, users.Count);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, page.GetProperty("next").ValueKind);
        // Another test of this class orders as a demo user, before or after this one.
        var orders = users.ConvertAll(user => user.GetProperty("orders").EnumerateArray().Where(order => order.GetProperty("createdAt").GetDateTimeOffset() < local.Started).ToList());
        Assert.All(orders, ofOneUser => Assert.Equal(10, ofOneUser.Count));
        Assert.All(orders.SelectMany(ofOneUser => ofOneUser), order => Assert.Equal(3, order.GetProperty("items").GetArrayLength()));
    }

    [Fact]
    public async Task The_demo_user_orders_and_sees_no_dashboard()
    {
        var user = await _run.LogInAsync("user@example.com");
        await user.BuyAsync("SKU-0001").ShouldBeAsync(201);
        await user.LookAsync("/api/dashboard").ShouldBeAsync(403);
    }

    [Fact]
    public async Task The_other_demo_users_can_not_sign_in()
    {
        foreach (var password in (string[])[_run.Password, "password", "demo", ""])
        {
            var answer = await _run.Anonymous.TellAsync("/api/login", new { email = "user002@example.com", password });
            Assert.True((int)answer.StatusCode is 400 or 401, $"{answer}");
        }
    }

    [Fact]
    public async Task A_second_start_on_the_busy_folder_names_the_holder_and_does_not_harm_it()
    {
        await using var second = LocalRun.Begin(local.Data);
        Assert.Equal(2, await second.ExitAsync());
        Assert.Contains(local.Data, second.Errors, StringComparison.Ordinal);
        Assert.Contains($"process {_run.Process.Id}", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Errors, StringComparison.Ordinal);
        await _run.Anonymous.LookAsync("/health/ready").ShouldBeAsync(200);
        await _run.LogInAsync("user@example.com");
    }

    [Fact]
    public void What_is_secret_is_readable_to_its_owner_only()
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in (string[])["root.key", "demo-password"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(local.Data, file)));
    }
}
