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
public sealed class EveryInputTests(PostgresFixture postgres)
{
    private const int AtOnce = 16;
    private const int FaultsShown = 40;

    [Fact]
    public async Task A_sample_of_every_operation_is_taken()
    {
        await using var host = await StartAsync();
        var samples = await Samples.CreateAsync(host);
        var cells = (await ApiDescription.ReadAsync(host)).Select(operation => new Cell(
            operation, "all", $"a valid request (if it is not: {nameof(Samples)} says what a schema can't tell)", Expected.Taken, samples.Target(operation),
            samples.Body(operation) is { } body ? BodyCells.Bytes(body) : null));
        await AskAsync(host, samples, [.. cells]);
    }

    [Fact]
    public async Task What_can_not_be_taken_is_refused_by_name_and_changes_nothing()
    {
        await using var host = await StartAsync();
        var samples = await Samples.CreateAsync(host);
        var cells = await CellsAsync(host, samples, taken: false);
        var before = await Census.TakeAsync(host);
        await AskAsync(host, samples, cells);
        await Census.ShouldBeAsync(host, before);
        Assert.Empty(host.Records.Errors());
    }

    [Fact]
    public async Task What_means_the_same_is_taken()
    {
        await using var host = await StartAsync();
        var samples = await Samples.CreateAsync(host);
        await AskAsync(host, samples, await CellsAsync(host, samples, taken: true));
        Assert.Empty(host.Records.Errors());
    }

    private static async Task<List<Cell>> CellsAsync(StorefrontHost host, Samples samples, bool taken)
    {
        var operations = await ApiDescription.ReadAsync(host);
        var cells = operations
            .SelectMany(operation => BodyCells.Of(operation, samples).Concat(WholeBodyCells.Of(operation, samples)).Concat(ParameterCells.Of(operation, samples)))
            .Where(cell => cell.Expected is Expected.Success == taken && !(taken && Samples.NeedsMore(cell)))
            .ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{cells.Count} requests to {operations.Count} operations");
        return cells;
    }

    private static async Task AskAsync(StorefrontHost host, Samples samples, List<Cell> cells)
    {
        Assert.NotEmpty(cells);
        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (cell, cancel) =>
        {
            using var request = cell.ToRequest(host.Address, samples.Headers(cell.Operation));
            using var answer = await samples.ClientFor(cell.Operation, cell.Expected is Expected.Success).AskAsync(request);
            var body = await answer.Content.ReadAsStringAsync(cancel);
            if (Judge.Fault(cell.Expected, answer, body) is { } fault) faults.Add(cell.Explain(fault, $"{(int)answer.StatusCode} {body}"));
        });
        if (faults.IsEmpty) return;
        Assert.Fail($"{faults.Count} of {cells.Count} are not as they should be:\n{string.Join('\n', faults.Order(StringComparer.Ordinal).Take(FaultsShown))}");
    }

    private async Task<StorefrontHost> StartAsync()
    {
        var database = await postgres.CloneAsync();
        // One account is signed in to many times at once.
        return await StorefrontHost.StartAsync(database.ConnectionString, database, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storefront:FreeLogInAttempts"] = "100" });
    }
}
