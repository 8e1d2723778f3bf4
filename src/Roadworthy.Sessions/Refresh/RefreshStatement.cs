using Npgsql;
using NpgsqlTypes;
using Roadworthy.Sessions.Store;
using Roadworthy.Sessions.Tokens;

namespace Roadworthy.Sessions.Refresh;

/// <summary>What the statement answered.</summary>
internal sealed record RefreshRow(
    RefreshVerdict Verdict, long Generation, string UserId, string? Claims, DateTimeOffset Now, DateTimeOffset EndsAt, bool ClientChanged, string? RevokedWhy);

/// <summary>Runs Refresh.sql: the one statement that a refresh costs.</summary>
internal sealed class RefreshStatement(NpgsqlDataSource source, SessionsOptions options)
{
    private readonly string _sql = Text.Replace("{user_view}", options.UserView, StringComparison.Ordinal);

    /// <summary>The statement as it is embedded, before the view's name is put in.</summary>
    public static string Text { get; } = Read();

    /// <returns>Null where there is no such session.</returns>
    public Task<RefreshRow?> ExecuteAsync(SealedToken token, SessionClient client, CancellationToken cancellationToken) =>
        Repeat.AsyncOf(cancel => TryAsync(token, client, cancel), cancellationToken);

    private async Task<RefreshRow?> TryAsync(SealedToken token, SessionClient client, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(_sql);
        AddParameters(command, token, client, options);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return new(
            RefreshVerdicts.Parse(reader.GetString(0)), reader.GetInt64(1), reader.GetString(2), Optional(reader, 3),
            reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetBoolean(6), Optional(reader, 7));
    }

    internal static void AddParameters(NpgsqlCommand command, SealedToken token, SessionClient client, SessionsOptions options)
    {
        var stored = client.Stored;
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.Session });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = token.SecretHash() });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = token.Generation });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.ReplayWindow });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.HealHorizon });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = options.IdleLifetime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.MaxHeals });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = options.Strict });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)stored.UserAgent ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Inet, Value = (object?)stored.Address ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = options.WaitForDisk });
    }

    private static string? Optional(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static string Read()
    {
        using var reader = new StreamReader(typeof(RefreshStatement).Assembly.GetManifestResourceStream("Refresh.sql")!);
        return reader.ReadToEnd();
    }
}
