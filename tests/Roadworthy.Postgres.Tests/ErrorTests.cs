using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests;

/// <summary>Each error says what, which value, where, and what to do about it.</summary>
public sealed class ErrorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_data_folder_that_is_a_file()
    {
        await File.WriteAllTextAsync(_folder.Data, "", Ct);
        await FailsAsync(new() { DataDirectory = _folder.Data }, $"'{_folder.Data}' is a file", "Choose a DataDirectory");
    }

    [Fact]
    public async Task A_data_folder_under_a_file()
    {
        await File.WriteAllTextAsync(_folder.Data, "", Ct);
        await FailsAsync(new() { DataDirectory = Path.Combine(_folder.Data, "below") }, $"'{_folder.Data}/below' cannot be made or written to", "Choose another DataDirectory");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_to()
    {
        // Not even root can make a folder there.
        await FailsAsync(new() { DataDirectory = "/proc/roadworthy" }, "'/proc/roadworthy' cannot be made or written to", "Choose another DataDirectory");
    }

    [Fact]
    public async Task A_cluster_that_another_major_version_made()
    {
        await using (await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct))
        {
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.Cluster, "PG_VERSION"), "9\n", Ct);
        await FailsAsync(new() { DataDirectory = _folder.Data, AllowInstall = false }, $"'{_folder.Data}' was made by PostgreSQL 9", "Install PostgreSQL 9", "pg_dump");
    }

    [Fact]
    public async Task A_cluster_whose_password_was_lost()
    {
        await using (await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct))
        {
        }

        var file = Path.Combine(_folder.Data, "password");
        File.Delete(file);
        await FailsAsync(new() { DataDirectory = _folder.Data }, $"password file '{file}' is missing", "Put it back");
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_damaged_cluster_with_the_end_of_its_log()
    {
        await using (await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct))
        {
        }

        await File.AppendAllTextAsync(Path.Combine(_folder.Cluster, "postgresql.conf"), "\nfsync = = on\n", Ct);
        await FailsAsync(new() { DataDirectory = _folder.Data }, $"The server in '{_folder.Data}' did not start", "The end of its log:", "syntax error in file");
        Assert.Empty(ProcessTable.In(_folder.Root));
    }

    [Fact]
    public async Task A_server_that_takes_longer_than_it_may()
    {
        var bin = await ProgramsAsync(("postgres", "case $1 in --version) echo 'postgres (PostgreSQL) 15.1';; *) exec sleep 60;; esac"), ("initdb", "for a; do d=$b; b=$a; case $d in -D) mkdir -p \"$a\"; echo 15 > \"$a/PG_VERSION\";; esac; done"), ("pg_ctl", "sleep 3; exit 1"));
        await FailsAsync(With(bin, TimeSpan.FromSeconds(1)), "within 1 seconds (StartTimeout)", "Raise it");
        Assert.Empty(ProcessTable.In(_folder.Root));
    }

    [Fact]
    public async Task An_initdb_that_hangs_is_killed()
    {
        var bin = await ProgramsAsync(("postgres", "echo 'postgres (PostgreSQL) 15.1'"), ("initdb", "exec sleep 60"), ("pg_ctl", "exit 1"));
        await FailsAsync(With(bin, TimeSpan.FromSeconds(1)), "initdb did not make a cluster", "within 1 seconds (StartTimeout)");
        await Eventually.IsTrueAsync(() => ProcessTable.In(_folder.Root).Count == 0, () => ProcessTable.Describe(_folder.Root));
    }

    [Fact]
    public async Task An_initdb_that_fails_is_quoted()
    {
        var bin = await ProgramsAsync(("postgres", "echo 'postgres (PostgreSQL) 15.1'"), ("initdb", "echo 'initdb: error: out of luck' >&2; exit 1"), ("pg_ctl", "exit 1"));
        await FailsAsync(With(bin, TimeSpan.FromSeconds(10)), "could not make a cluster", "initdb: error: out of luck");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task An_empty_data_folder_name(string name) => await FailsAsync(new() { DataDirectory = name }, "DataDirectory is empty");

    [Fact]
    public async Task A_port_or_a_time_out_of_range()
    {
        await FailsAsync(new() { Port = 70000 }, "Port is 70000", "1 to 65535");
        await FailsAsync(new() { StartTimeout = TimeSpan.Zero }, "StartTimeout is 00:00:00");
    }

    private static async Task FailsAsync(PostgresServerOptions options, params string[] parts)
    {
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(options, Ct));
        foreach (var part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private PostgresServerOptions With(string bin, TimeSpan timeout)
    {
        var options = new PostgresServerOptions { DataDirectory = _folder.Data, StartTimeout = timeout };
        options.Machine = options.Machine with { Given = bin };
        return options;
    }

    private Task<string> ProgramsAsync(params (string Name, string Script)[] programs) => FakePrograms.WriteAsync(Path.Combine(_folder.Root, "bin"), programs);
}
