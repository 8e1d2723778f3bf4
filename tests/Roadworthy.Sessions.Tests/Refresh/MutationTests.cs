using System.Collections.Concurrent;
using Npgsql;
using Roadworthy.Sessions.Refresh;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Refresh;

/// <summary>The verdict is SQL: what the tests of it are worth is shown by faults put into it.</summary>
public sealed class MutationTests(SessionsServer server)
{
    private const string View = "roadworthy.session_users";

    [Fact]
    [Trait("Category", "Long")]
    public async Task Every_mutant_of_the_statement_is_killed_and_the_statement_itself_is_not()
    {
        await using var database = await server.CloneAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var statement = RefreshStatement.Text.Replace("{user_view}", View, StringComparison.Ordinal);
        Assert.Null(await KillerAsync(source, statement));

        var mutants = Mutants.Of(statement).ToList();
        var (survivors, stillborn) = (new ConcurrentBag<string>(), 0);
        await Parallel.ForEachAsync(mutants, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (mutant, _) =>
        {
            var killer = await KillerAsync(source, mutant.Statement);
            if (killer is null) survivors.Add(mutant.What);
            else if (killer.StartsWith("42", StringComparison.Ordinal)) Interlocked.Increment(ref stillborn);
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{mutants.Count} mutants, {stillborn} of them no SQL, {survivors.Count} survivors");
        Assert.True(survivors.IsEmpty, string.Join('\n', survivors.Order(StringComparer.Ordinal)));
        Assert.True(mutants.Count - stillborn > 150, $"{mutants.Count} mutants, {stillborn} no SQL: the harness has lost its targets.");
    }

    /// <returns>What showed a difference from the model; SQLSTATE 42xxx where PostgreSQL does not even take the statement; null for nothing.</returns>
    private static async Task<string?> KillerAsync(NpgsqlDataSource source, string statement)
    {
        try
        {
            await using (var connection = await source.OpenConnectionAsync())
            {
                var lab = new RefreshLab(connection, statement);
                foreach (var given in RefreshCases.AtLimits())
                {
                    if (await lab.RunAsync(given, RefreshCases.Options) != ReferenceModel.Refresh(given, RefreshCases.Options)) return given.ToString();
                }
            }

            return await CommittedRefreshes.DifferenceAsync(source, statement);
        }
        catch (PostgresException error)
        {
            return error.SqlState;
        }
        catch (Exception error) when (error is InvalidOperationException or InvalidCastException or OverflowException)
        {
            return error.Message;
        }
    }
}
