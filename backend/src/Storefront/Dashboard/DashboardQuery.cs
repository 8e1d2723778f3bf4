using Microsoft.Extensions.ObjectPool;
using Npgsql;
using Storefront.Data;

namespace Storefront.Dashboard;

/// <summary>
/// Three flat statements in one round trip, whatever the page holds. Raw Npgsql: the measured path (docs/decisions/0006 has the
/// figures).
/// </summary>
internal sealed class DashboardQuery(NpgsqlDataSource source)
{
    private readonly ObjectPool<DashboardPage> _pages = DashboardPool.Create();

    /// <summary>The <paramref name="limit"/> users behind <paramref name="after"/>, with all that is theirs.</summary>
    /// <param name="after">The last user of the page before.</param>
    /// <param name="limit">How many.</param>
    /// <param name="cancellationToken">Cancels the wait for a connection.</param>
    /// <param name="words">Only those that <see cref="DashboardSearch"/> finds by these words; null, the default, for all.</param>
    public Task<DashboardPage> ReadAsync(Guid after, int limit, CancellationToken cancellationToken, string? words = null) =>
        Repeat.ReadAsync(cancel => TryAsync(after, limit, words, cancel), cancellationToken);

    private async Task<DashboardPage> TryAsync(Guid after, int limit, string? words, CancellationToken cancellationToken)
    {
        var page = _pages.Get();
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection);
            foreach (var sql in DashboardSql.Statements(limit, words is not null))
            {
                var command = new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = after } } };
                if (words is not null) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = words });
                batch.BatchCommands.Add(command);
            }

            // Once under way it is not cancelled, whoever has left: it takes milliseconds, and statement_timeout ends it. A batch that is
            // cancelled while its statements are being prepared confuses Npgsql about which are: a later read of that connection then
            // gets 26000, or an answer of another form (npgsql/npgsql#6391 is of the kind).
            await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
            var rows = new DashboardRows(reader, page);
            while (await reader.ReadAsync(CancellationToken.None))
            {
                if (page.Users < limit) rows.User();
                else page.Next = new Cursor(rows.LastUser).ToString();
            }

            await reader.NextResultAsync(CancellationToken.None);
            while (await reader.ReadAsync(CancellationToken.None)) rows.Order();
            await reader.NextResultAsync(CancellationToken.None);
            while (await reader.ReadAsync(CancellationToken.None)) rows.Item();
            return page;
        }
        catch
        {
            page.Dispose();
            throw;
        }
    }
}
