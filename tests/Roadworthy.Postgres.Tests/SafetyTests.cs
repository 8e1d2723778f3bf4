using System.Globalization;
using Npgsql;
using Roadworthy.Postgres.Processes;
using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests;

public sealed class SafetyTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_wrong_password_is_refused_and_passwords_differ()
    {
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        var builder = new NpgsqlConnectionStringBuilder(server.GetConnectionString());
        await using var other = await PostgresServer.StartAsync(ct: Ct);
        Assert.NotEqual(builder.Password, new NpgsqlConnectionStringBuilder(other.GetConnectionString()).Password, StringComparer.Ordinal);
        Assert.True(builder.Password!.Length >= 32);

        builder.Password = "postgres";
        var error = await Assert.ThrowsAsync<PostgresException>(() => Sql.ScalarAsync<int>(builder.ConnectionString, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, error.SqlState);
        Assert.DoesNotContain("trust", string.Join('\n', (await File.ReadAllLinesAsync(Path.Combine(_folder.Cluster, "pg_hba.conf"), Ct)).Where(line => !line.StartsWith('#'))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_loopback_only_and_on_no_unix_socket()
    {
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        var port = server.Port.ToString("X4", CultureInfo.InvariantCulture);
        var listening = (await File.ReadAllLinesAsync("/proc/net/tcp", Ct)).Concat(await File.ReadAllLinesAsync("/proc/net/tcp6", Ct))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields[3] is "0A" && fields[1].EndsWith(":" + port, StringComparison.Ordinal)).Select(fields => fields[1]);
        Assert.Equal($"0100007F:{port}", Assert.Single(listening));
        Assert.Equal("", await Sql.ShowAsync(server, "unix_socket_directories"));
    }

    [Fact]
    public async Task Folders_and_password_are_closed_to_other_accounts_and_the_server_sees_no_secret_of_ours()
    {
        Environment.SetEnvironmentVariable("RW_TEST_SECRET", "not for the server");
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(_folder.Data, "password")));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_folder.Data, "server")));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Cluster));
        // As root the server's group may pass through, and only that.
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_folder.Data) & ~(OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.GroupExecute));
        Assert.DoesNotContain("RW_TEST_SECRET", await File.ReadAllTextAsync($"/proc/{server.ProcessId}/environ", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain(await File.ReadAllTextAsync(Path.Combine(_folder.Data, "password"), Ct), ProcessTable.Describe(_folder.Root), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_symbolic_link_in_place_of_the_data_folder_is_refused()
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder.Root, "elsewhere")).FullName;
        Directory.CreateSymbolicLink(_folder.Data, target);
        await RefusedAsync("is a symbolic link to");
        Assert.Empty(Directory.EnumerateFileSystemEntries(target));
    }

    [Fact]
    public async Task A_folder_of_another_account_is_refused()
    {
        Assert.SkipUnless(ServerAccount.IsRoot, "Only root can give a folder to another account.");
        Directory.CreateDirectory(_folder.Data);
        var (uid, gid) = Posix.FindAccount("daemon")!.Value;
        Posix.ChangeOwner(_folder.Data, uid, gid);
        await RefusedAsync($"belongs to user id {uid}");
    }

    [Fact]
    public async Task A_cluster_folder_that_another_account_took_over_is_refused()
    {
        Assert.SkipUnless(ServerAccount.IsRoot, "Only root can give a folder to another account.");
        await using (await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct))
        {
        }

        var (uid, gid) = Posix.FindAccount("daemon")!.Value;
        Posix.ChangeOwner(Path.Combine(_folder.Data, "server"), uid, gid);
        await RefusedAsync($"belongs to user id {uid}");
    }

    [Theory]
    [InlineData("server/init.sql", "server/init.sql")]
    [InlineData("server/src/server.js", "server/src")]
    [InlineData("package.json", "package.json")]
    [InlineData("lock", "thesis.txt")]
    public async Task A_project_that_has_a_server_folder_or_a_lock_file_of_its_own_is_refused_and_left_as_it_was(string file, string named)
    {
        string[] files = file == "lock" ? [file, "thesis.txt"] : file == "package.json" ? [file, "server/data/x"] : [file];
        foreach (var path in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Data, path))!);
            await File.WriteAllTextAsync(Path.Combine(_folder.Data, path), "mine", Ct);
        }

        await RefusedAsync($"holds other files ('{named}')");
        foreach (var path in files) Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(_folder.Data, path), Ct));
    }

    [Fact]
    public async Task A_folder_with_other_files_is_refused_and_left_as_it_was()
    {
        Directory.CreateDirectory(_folder.Data);
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "thesis.txt"), "", Ct);
        var mode = File.GetUnixFileMode(_folder.Data);
        await RefusedAsync("holds other files ('thesis.txt')");
        Assert.Equal(mode, File.GetUnixFileMode(_folder.Data));
    }

    [Fact]
    public async Task A_cluster_that_was_made_by_hand_is_refused()
    {
        Directory.CreateDirectory(_folder.Data);
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "PG_VERSION"), "15\n", Ct);
        await RefusedAsync("is a cluster that something else made");
    }

    [Theory]
    [InlineData("listen_addresses", "*")]
    [InlineData("port", "1")]
    [InlineData("HBA_FILE", "/tmp/x")]
    [InlineData("a b", "1")]
    [InlineData("work_mem", "1MB\n-c fsync=off")]
    public async Task A_setting_that_would_undo_this_is_refused(string name, string value)
    {
        var options = new PostgresServerOptions();
        options.Settings[name] = value;
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(options, Ct));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_root_the_server_runs_as_an_account_without_privileges()
    {
        Assert.SkipUnless(ServerAccount.IsRoot, "This run is not root's.");
        await using var server = await PostgresServer.StartAsync(ct: Ct);
        var expected = Posix.FindAccount("postgres") is null ? "nobody" : "postgres";
        Assert.Equal(expected, ProcessTable.Run("ps", "-o", "user=", "-p", $"{server.ProcessId}"));
        var groups = (await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status", Ct)).Single(line => line.StartsWith("Groups:", StringComparison.Ordinal));
        Assert.DoesNotContain(groups.Split(['\t', ' ']), group => group is "0");
    }

    [Fact]
    public async Task As_nobody_a_server_starts_keeps_and_stops()
    {
        Assert.SkipUnless(ServerAccount.IsRoot, "Only root can start a process of another account.");
        var home = Directory.CreateDirectory(Path.Combine(_folder.Root, "home")).FullName;
        var (uid, gid) = Posix.FindAccount("nobody")!.Value;
        Posix.ChangeOwner(home, uid, gid);
        foreach (var data in new[] { Path.Combine(home, "data"), Path.Combine(home, "data"), null })
        {
            using var host = await HostProcess.StartAsync(data, user: "nobody", environment: new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = home });
            Assert.Equal("nobody", ProcessTable.Run("ps", "-o", "user=", "-p", $"{host.ServerId}"));
            Assert.Equal(0, await host.StopAsync());
            Assert.Empty(ProcessTable.In(host.DataDirectory));
        }
    }

    [Fact]
    public async Task As_root_a_folder_that_the_servers_account_cannot_reach_is_an_error_that_names_the_closed_one()
    {
        Assert.SkipUnless(ServerAccount.IsRoot, "Only root runs the server as another account.");
        var closed = Directory.CreateDirectory(Path.Combine(_folder.Root, "closed"), OwnerOnly | UnixFileMode.UserExecute).FullName;
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(new() { DataDirectory = Path.Combine(closed, "data") }, Ct));
        Assert.Contains($"'{closed}' is closed to it", error.Message, StringComparison.Ordinal);
        Assert.Contains("/var/lib", error.Message, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string because)
    {
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct));
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Data, error.Message, StringComparison.Ordinal);
    }
}
