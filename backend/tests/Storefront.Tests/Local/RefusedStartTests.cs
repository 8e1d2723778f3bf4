using Storefront.Tests.Support;

namespace Storefront.Tests.Local;

/// <summary>Starts that can't be: exit code 2, and a sentence that says why, without a stack.</summary>
public sealed class RefusedStartTests(PostgresFixture postgres)
{
    private const string Connection = "ConnectionStrings__Storefront";

    [Theory]
    [InlineData("Storefront.Local")]
    [InlineData("Storefront")]
    public async Task Production_without_a_connection_string_is_refused_and_told_its_name(string program)
    {
        await using var process = BackendProcess.Start(
            BackendProcess.Program(program), new(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Storefront__RootKey"] = StorefrontHost.RootKey });
        await ShouldBeRefusedAsync(process, Connection);
    }

    [Theory]
    [InlineData("")]
    [InlineData("too short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task Production_without_a_root_key_of_worth_is_refused_and_told_its_name(string key)
    {
        await using var process = BackendProcess.Start(
            BackendProcess.Program("Storefront"), new(StringComparer.Ordinal) { [Connection] = "Host=127.0.0.1;Port=1", ["Storefront__RootKey"] = key });
        await ShouldBeRefusedAsync(process, "RootKey", "openssl rand -base64 32");
    }

    [Fact]
    public async Task A_migrate_step_that_does_not_reach_the_database_ends_with_2()
    {
        await using var process = BackendProcess.Start(
            BackendProcess.Program("Storefront"),
            new(StringComparer.Ordinal) { [Connection] = "Host=127.0.0.1;Port=1;Password=not-to-be-told", ["Storefront__RootKey"] = StorefrontHost.RootKey },
            "migrate");
        await ShouldBeRefusedAsync(process, Connection);
        Assert.DoesNotContain("not-to-be-told", process.Errors + process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://[::]:0")]
    public async Task An_open_address_with_demo_accounts_is_refused(string url)
    {
        await using var folder = TemporaryFolder.Create();
        await using var database = await postgres.CloneAsync();
        await using var process = LocalRun.Begin(
            folder.Sub("data"), new(StringComparer.Ordinal) { [Connection] = database.ConnectionString }, "--demo", "--urls", url);
        await ShouldBeRefusedAsync(process, url.Split(';')[^1], "--no-demo");
        Assert.Equal(0, await Sql.ScalarAsync<long>(database.ConnectionString, "SELECT count(*) FROM users"));
    }

    [Fact]
    public async Task An_open_address_on_the_embedded_server_is_refused_and_leaves_no_process()
    {
        await using var folder = TemporaryFolder.Create();
        await using var process = LocalRun.Begin(folder.Sub("data"), null, "--urls", "http://0.0.0.0:0");
        await ShouldBeRefusedAsync(process, "http://0.0.0.0:0", "--no-demo");
        await FolderProcesses.GoneAsync(folder.Path);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused()
    {
        await using var folder = TemporaryFolder.Create();
        await using var process = LocalRun.Begin(folder.Sub("data"), new(StringComparer.Ordinal) { [Connection] = "Host=127.0.0.1;Port=1" }, "--demo", "--urls", "nonsense");
        await ShouldBeRefusedAsync(process, "nonsense");
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_refused()
    {
        await using var folder = TemporaryFolder.Create();
        await File.WriteAllTextAsync(folder.Sub("data"), "somebody's own", TestContext.Current.CancellationToken);
        await using var process = LocalRun.Begin(folder.Sub("data"));
        await ShouldBeRefusedAsync(process, folder.Sub("data"), "--data");
        Assert.Equal("somebody's own", await File.ReadAllTextAsync(folder.Sub("data"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_data_folder_that_can_not_be_made_is_refused()
    {
        await using var process = LocalRun.Begin("/proc/storefront-data");
        await ShouldBeRefusedAsync(process, "/proc/storefront-data", "--data");
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--data", "")]
    public async Task A_data_folder_without_a_name_is_refused(params string[] arguments)
    {
        await using var process = BackendProcess.Start(BackendProcess.Program("Storefront.Local"), null, arguments);
        await ShouldBeRefusedAsync(process, "--data");
    }

    [Fact]
    public async Task A_data_folder_that_the_servers_account_can_not_reach_is_refused_and_told_which_folder_is_closed()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root runs the server as another account.");
        await using var folder = TemporaryFolder.Create();
        var closed = Directory.CreateDirectory(folder.Sub("closed")).FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var process = LocalRun.Begin(Path.Combine(closed, "data"));
        await ShouldBeRefusedAsync(process, $"'{closed}'", "/var/lib");
        await FolderProcesses.GoneAsync(folder.Path);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_tells_what_there_is_and_starts_nothing(string argument)
    {
        await using var folder = TemporaryFolder.Create();
        await using var process = LocalRun.Begin(folder.Sub("data"), null, argument);
        Assert.Equal(0, await process.ExitAsync());
        foreach (var word in (string[])["migrate", "--urls", "--demo", "--no-demo", "--data", Connection, "STOREFRONT_DEMO_PASSWORD"])
            Assert.Contains(word, process.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Sub("data")));
    }

    private static async Task ShouldBeRefusedAsync(BackendProcess process, params string[] words)
    {
        var code = await process.ExitAsync();
        Assert.True(code == 2, $"It ended with {code}:\n{process.Output}\n{process.Errors}");
        foreach (var word in words) Assert.Contains(word, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output + process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", process.Errors, StringComparison.Ordinal);
    }
}
