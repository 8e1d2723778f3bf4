using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Storefront.Tests.Input.Api;
using Storefront.Tests.Input.Cells;
using Storefront.Tests.Support;

namespace Storefront.Tests.Input;

/// <summary>
/// Every operation of the OpenAPI document, every parameter and every member of its body, with every kind of input. Whatever the
/// document gains is asked too, by itself.
/// </summary>
public sealed class EveryInputTests(EveryInputTests.Everything everything) : IClassFixture<EveryInputTests.Everything>
{
    private const int AtOnce = 16;
    private const int FaultsShown = 40;

    private readonly StorefrontHost _host = everything.Host;
    private readonly Samples _samples = everything.Samples;

    [Fact]
    public Task A_sample_of_every_operation_is_taken() => AskAsync([.. everything.Operations.Select(operation => new Cell(
        operation, "all", $"a valid request (if it is not: {nameof(Samples)} says what a schema can't tell)", Expected.Taken, _samples.Target(operation),
        _samples.Body(operation) is { } body ? BodyCells.Bytes(body) : null))]);

    [Fact]
    public async Task What_can_not_be_taken_is_refused_by_name_and_changes_nothing()
    {
        var before = await Census.TakeAsync(_host);
        await AskAsync([.. everything.Cells.Where(cell => cell.Expected is not Expected.Success)]);
        await Census.ShouldBeAsync(_host, before);
        Assert.Empty(_host.Records.Errors());
    }

    [Fact]
    public async Task What_means_the_same_is_taken()
    {
        await AskAsync([.. everything.Cells.Where(cell => cell.Expected is Expected.Success && !Samples.NeedsMore(cell))]);
        Assert.Empty(_host.Records.Errors());
    }

    private async Task AskAsync(List<Cell> cells)
    {
        Assert.NotEmpty(cells);
        TestContext.Current.TestOutputHelper?.WriteLine($"{cells.Count} requests to {everything.Operations.Count} operations");
        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (cell, cancel) =>
        {
            using var request = cell.ToRequest(_host.Address, _samples.Headers(cell.Operation));
            var client = await _samples.ClientForAsync(cell.Operation, cell.Expected is Expected.Success);
            using var answer = await client.AskAsync(request);
            var body = await answer.Content.ReadAsStringAsync(cancel);
            if (Judge.Fault(cell.Expected, answer, body) is { } fault) faults.Add(cell.Explain(fault, $"{(int)answer.StatusCode} {body}"));
        });
        if (faults.IsEmpty) return;
        Assert.Fail($"{faults.Count} of {cells.Count} are not as they should be:\n{string.Join('\n', faults.Order(StringComparer.Ordinal).Take(FaultsShown))}");
    }

    /// <summary>A backend, and what there is to ask of it: to make the requests costs more than to send them.</summary>
    public sealed class Everything(PostgresFixture postgres) : IAsyncLifetime
    {
        internal StorefrontHost Host { get; private set; } = null!;

        internal Samples Samples { get; private set; } = null!;

        internal IReadOnlyList<Operation> Operations { get; private set; } = [];

        internal IReadOnlyList<Cell> Cells { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            var database = await postgres.CloneAsync();
            // One account is signed in to many times at once.
            Host = await StorefrontHost.StartAsync(database.ConnectionString, database, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storefront:FreeLogInAttempts"] = "100" });
            Samples = await Samples.CreateAsync(Host);
            Operations = [.. await ApiDescription.ReadAsync(Host)];
            Cells = [.. Operations.SelectMany(operation => BodyCells.Of(operation, Samples).Concat(WholeBodyCells.Of(operation, Samples)).Concat(ParameterCells.Of(operation, Samples)))];
        }

        public ValueTask DisposeAsync() => Host?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
