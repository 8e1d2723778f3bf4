using Roadworthy.Postgres.Tests.Support;

namespace Roadworthy.Postgres.Tests;

public sealed class BusyFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_start_names_the_process_that_holds_the_folder_and_does_no_harm()
    {
        using var host = await HostProcess.StartAsync(_folder.Data);
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct));
        Assert.Contains($"'{_folder.Data}' is in use by process {host.Id}", error.Message, StringComparison.Ordinal);
        Assert.Contains(host.ServerId, ProcessTable.In(_folder.Root));
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task A_second_start_in_the_same_process_says_so()
    {
        await using var server = await PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct);
        var error = await Assert.ThrowsAsync<PostgresServerException>(() => PostgresServer.StartAsync(new() { DataDirectory = _folder.Data }, Ct));
        Assert.Contains($"this very process ({Environment.ProcessId})", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Sql.ScalarAsync<int>(server.GetConnectionString(), "SELECT 1"));
    }

    [Fact]
    public async Task Of_two_starts_at_once_on_a_fresh_folder_one_wins_and_the_other_hears_that_it_is_busy()
    {
        using var first = HostProcess.Begin(_folder.Data);
        using var second = HostProcess.Begin(_folder.Data);
        var outcomes = await Task.WhenAll(first.OutcomeAsync(), second.OutcomeAsync());
        var failure = Assert.Single(outcomes, outcome => outcome is not null);
        var winner = outcomes[0] is null ? first : second;
        Assert.Contains($"in use by process {winner.Id}", failure, StringComparison.Ordinal);
        Assert.Contains(winner.ServerId, ProcessTable.In(_folder.Root));
    }
}
