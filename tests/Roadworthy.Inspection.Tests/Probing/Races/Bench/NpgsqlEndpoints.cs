using System.Data;
using System.Text.Json;
using Npgsql;

namespace Roadworthy.Inspection.Tests.Probing.Races;

/// <summary>Endpoints that are racy or safe, each in one way, over Npgsql.</summary>
internal static class NpgsqlEndpoints
{
    private const int Done = 200;
    private const int Taken = 409;

    public static IReadOnlyDictionary<string, Func<NpgsqlConnection, Task<int>>> Racy { get; } = new Dictionary<string, Func<NpgsqlConnection, Task<int>>>(StringComparer.Ordinal)
    {
        ["check-then-insert"] = async sql =>
        {
            if (await ReadAsync(sql, "SELECT id FROM names WHERE name = 'n1'") is not null) return Taken;
            await WriteAsync(sql, "INSERT INTO names (name) VALUES ('n1')");
            return Done;
        },
        ["quota"] = async sql =>
        {
            if (await ReadAsync(sql, "SELECT count(*) FROM sold WHERE stock_id = 6") is > 0L) return Taken;
            await WriteAsync(sql, "INSERT INTO sold (stock_id) VALUES (6)");
            return Done;
        },
        ["balance-written-back"] = async sql =>
        {
            var balance = (decimal)(await ReadAsync(sql, "SELECT balance FROM accounts WHERE id = 5"))!;
            await WriteAsync(sql, "UPDATE accounts SET balance = $1 WHERE id = 5", balance - 1);
            return Done;
        },
        ["redeemed-in-a-transaction"] = sql => InTransactionAsync(sql, IsolationLevel.ReadCommitted, async () =>
        {
            if (await ReadAsync(sql, "SELECT status FROM jobs WHERE id = 2") is not "open") return Taken;
            await WriteAsync(sql, "UPDATE accounts SET balance = balance + 50 WHERE id = 6");
            await WriteAsync(sql, "UPDATE jobs SET status = 'redeemed' WHERE id = 2");
            return Done;
        }),
        ["document-written-back"] = async sql =>
        {
            var tags = (string)(await ReadAsync(sql, "SELECT tags::text FROM documents WHERE id = 1"))!;
            var more = JsonSerializer.Deserialize<List<int>>(tags)!;
            more.Add(more.Count);
            await WriteAsync(sql, "UPDATE documents SET tags = $1::jsonb WHERE id = 1", JsonSerializer.Serialize(more));
            return Done;
        },
        ["found-deleted-inserted"] = async sql =>
        {
            if (await ReadAsync(sql, "SELECT n FROM tallies WHERE name = 'first'") is not int n) n = 0;
            await WriteAsync(sql, "DELETE FROM tallies WHERE name = 'first'");
            await WriteAsync(sql, "INSERT INTO tallies VALUES ('first', $1)", n + 1);
            return Done;
        },
        ["oversold"] = async sql =>
        {
            if ((int)(await ReadAsync(sql, "SELECT left_over FROM stock WHERE id = 2"))! < 1) return Taken;
            await WriteAsync(sql, "UPDATE stock SET left_over = left_over - 1 WHERE id = 2");
            return Done;
        },
        ["insert-where-not-exists"] = async sql => await WriteAsync(sql, "INSERT INTO names (name) SELECT 'n2' WHERE NOT EXISTS (SELECT FROM names WHERE name = 'n2')") == 1 ? Done : Taken,
        ["version-read-and-not-asked"] = async sql =>
        {
            var version = (int)(await ReadAsync(sql, "SELECT version FROM documents WHERE id = 2"))!;
            await WriteAsync(sql, "UPDATE documents SET tags = tags || '[1]', version = $1 WHERE id = 2", version + 1);
            return Done;
        },
        ["highest-number"] = sql => InTransactionAsync(sql, IsolationLevel.ReadCommitted, async () =>
        {
            var next = (int)(await ReadAsync(sql, "SELECT coalesce(max(number), 0) + 1 FROM numbered"))!;
            await WriteAsync(sql, "INSERT INTO numbered (number) VALUES ($1)", next);
            return Done;
        }),
    };

    public static IReadOnlyDictionary<string, Func<NpgsqlConnection, Task<int>>> Safe { get; } = new Dictionary<string, Func<NpgsqlConnection, Task<int>>>(StringComparer.Ordinal)
    {
        ["unique-index"] = async sql => await TriedAsync(() => WriteAsync(sql, "INSERT INTO unique_names (name) VALUES ('n3')"), "23505") ? Done : Taken,
        ["on-conflict"] = async sql => await WriteAsync(sql, "INSERT INTO unique_names (name) VALUES ('n4') ON CONFLICT DO NOTHING") == 1 ? Done : Taken,
        ["conditional-update"] = async sql => await WriteAsync(sql, "UPDATE stock SET left_over = left_over - 1 WHERE id = 12 AND left_over > 0") == 1 ? Done : Taken,
        ["added-in-place"] = async sql => await WriteAsync(sql, "UPDATE accounts SET balance = balance - 1 WHERE id = 14") == 1 ? Done : Taken,
        ["for-update"] = sql => InTransactionAsync(sql, IsolationLevel.ReadCommitted, async () =>
        {
            var balance = (decimal)(await ReadAsync(sql, "SELECT balance FROM accounts WHERE id = 15 FOR UPDATE"))!;
            await WriteAsync(sql, "UPDATE accounts SET balance = $1 WHERE id = 15", balance + 1);
            return Done;
        }),
        ["serializable-and-told"] = async sql =>
        {
            try
            {
                return await InTransactionAsync(sql, IsolationLevel.Serializable, async () =>
                {
                    var balance = (decimal)(await ReadAsync(sql, "SELECT balance FROM accounts WHERE id = 16"))!;
                    await WriteAsync(sql, "UPDATE accounts SET balance = $1 WHERE id = 16", balance + 1);
                    return Done;
                });
            }
            catch (PostgresException e) when (e.SqlState is "40001")
            {
                return Taken;
            }
        },
        ["version-asked-for"] = async sql =>
        {
            var version = (int)(await ReadAsync(sql, "SELECT version FROM documents WHERE id = 12"))!;
            return await WriteAsync(sql, "UPDATE documents SET tags = tags || '[1]', version = version + 1 WHERE id = 12 AND version = $1", version) == 1 ? Done : Taken;
        },
        ["status-asked-for"] = sql => InTransactionAsync(sql, IsolationLevel.ReadCommitted, async () =>
        {
            if (await WriteAsync(sql, "UPDATE jobs SET status = 'redeemed' WHERE id = 12 AND status = 'open'") == 0) return Taken;
            await WriteAsync(sql, "UPDATE accounts SET balance = balance + 50 WHERE id = 17");
            return Done;
        }),
        ["plain-insert"] = async sql => await WriteAsync(sql, "INSERT INTO names (name) VALUES ('n5')") == 1 ? Done : Taken,
        ["deleted-and-returned"] = async sql => await ReadAsync(sql, "DELETE FROM jobs WHERE id = 13 RETURNING id") is null ? Taken : Done,
        ["upsert-that-counts"] = async sql => await WriteAsync(sql, "INSERT INTO tallies VALUES ('n6', 1) ON CONFLICT (name) DO UPDATE SET n = tallies.n + 1") == 1 ? Done : Taken,
        ["read-only-look-and-insert"] = async sql =>
        {
            await ReadAsync(sql, "SELECT count(*) FROM names");
            await WriteAsync(sql, "INSERT INTO sold (stock_id) VALUES (13)");
            return Done;
        },
    };

    private static async Task<int> InTransactionAsync(NpgsqlConnection sql, IsolationLevel level, Func<Task<int>> work)
    {
        await using var transaction = await sql.BeginTransactionAsync(level);
        var result = await work();
        await transaction.CommitAsync();
        return result;
    }

    private static async Task<bool> TriedAsync(Func<Task<int>> write, string refusal)
    {
        try
        {
            await write();
            return true;
        }
        catch (PostgresException e) when (e.SqlState == refusal)
        {
            return false;
        }
    }

    private static async Task<object?> ReadAsync(NpgsqlConnection sql, string text)
    {
        await using var command = new NpgsqlCommand(text, sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<int> WriteAsync(NpgsqlConnection sql, string text, params object[] values)
    {
        await using var command = new NpgsqlCommand(text, sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync();
    }
}
