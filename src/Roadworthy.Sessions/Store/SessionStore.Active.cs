using System.Globalization;
using System.Net;
using Npgsql;
using NpgsqlTypes;

namespace Roadworthy.Sessions.Store;

/// <summary>Everybody's sessions, for administrators.</summary>
internal sealed partial class SessionStore
{
    public Task<ActiveSessions> ListActiveAsync(string? userId, Guid? after, int limit, CancellationToken cancellationToken) =>
        userId is null || MayBeUser(userId)
            ? Repeat.AsyncOf(cancel => SelectActiveAsync(userId, after, limit, cancel), cancellationToken)
            : Task.FromResult(new ActiveSessions([], Next: null));

    private async Task<ActiveSessions> SelectActiveAsync(string? userId, Guid? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(_sql.ListActive);
        command.Parameters.Add(Text(userId));
        command.Parameters.Add(Id(after));
        // One more than the page holds says that there is another.
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sessions = new List<ActiveSession>();
        while (await reader.ReadAsync(cancellationToken)) sessions.Add(Read(reader));
        if (sessions.Count <= limit) return new(sessions, Next: null);
        sessions.RemoveAt(limit);
        return new(sessions, sessions[^1].Id);
    }

    private static ActiveSession Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3),
        reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateTimeOffset>(6),
        reader.IsDBNull(7) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<IPAddress>(8), reader.GetInt64(9), reader.GetInt32(10));

    // A person typed it: what PostgreSQL can't cast would be an error of its own.
    private bool MayBeUser(string text) => options.UserIdType switch
    {
        UserIdType.Uuid => Guid.TryParseExact(text, "D", out _),
        UserIdType.Bigint => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        UserIdType.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => !text.Contains('\0', StringComparison.Ordinal) && !text.Any(char.IsSurrogate),
    };
}
