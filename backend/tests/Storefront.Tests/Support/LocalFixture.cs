namespace Storefront.Tests.Support;

/// <summary>One ./run on a fresh data folder, for all tests of a class.</summary>
public sealed class LocalFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private LocalRun? _run;

    internal LocalRun Run => _run!;

    /// <summary>The moment before it was started: the demo data is older, what tests do is younger.</summary>
    internal DateTimeOffset Started { get; } = DateTimeOffset.UtcNow;

    internal string Data => _folder.Sub("data");

    public async ValueTask InitializeAsync() => _run = await LocalRun.StartAsync(Data);

    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            Assert.Equal(0, await _run.EndAsync());
            await _run.DisposeAsync();
        }

        await FolderProcesses.GoneAsync(_folder.Path);
        await _folder.DisposeAsync();
    }
}
