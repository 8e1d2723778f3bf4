using Npgsql;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Data;

/// <summary>
/// Does to an account what a person or an administrator would: confirms its address, or makes it an administrator's. For backends that send
/// mail, or have no way to make a first administrator.
/// </summary>
internal sealed class AccountRows(string connectionString)
{
    private static readonly string[] ActiveFlags =
        ["emailconfirmed", "isemailconfirmed", "emailverified", "isemailverified", "isverified", "verified", "isconfirmed", "confirmed", "isactive", "active", "isactivated", "activated", "enabled", "isenabled", "accountconfirmed", "isapproved", "approved"];

    private static readonly string[] ActiveTimes = ["emailverifiedat", "verifiedat", "confirmedat", "emailconfirmedat", "activatedat", "emailverified", "confirmed"];

    private static readonly string[] AdminFlags = ["isadmin", "admin", "isstaff", "issuperuser", "superuser", "isadministrator"];

    private readonly Dictionary<string, (AccountRow Row, Dictionary<string, string?> Values)> _before = new(StringComparer.Ordinal);

    /// <summary>What was done, a sentence; null where nothing was to be done.</summary>
    public async Task<string?> ActivateAsync(Identity identity, CancellationToken ct)
    {
        await using var connection = await Sql.OpenAsync(connectionString, ct);
        if (await FindAsync(connection, identity, ct) is not { } row) return null;
        var done = new List<string>();
        foreach (var column in row.Table.Columns.Where(column => !column.Generated))
        {
            var plain = Names.Plain(column.Name);
            if (column.Category == 'B' && ActiveFlags.Contains(plain, StringComparer.Ordinal)) await SetAsync(connection, row, column, "true", done, ct);
            else if (column.Category == 'D' && ActiveTimes.Contains(plain, StringComparer.Ordinal)) await SetAsync(connection, row, column, "now()", done, ct);
            else if (plain is "status" or "state" or "accountstatus" && Label(column, row.Table, ["active", "verified", "confirmed", "enabled"]) is { } label) await SetAsync(connection, row, column, label, done, ct);
        }

        return done.Count == 0 ? null : $"{identity.Name}'s account was made active in the database: {string.Join(", ", done)}.";
    }

    /// <summary>What was done, a sentence; null where no way was found.</summary>
    public async Task<string?> PromoteAsync(Identity identity, CancellationToken ct)
    {
        await using var connection = await Sql.OpenAsync(connectionString, ct);
        if (await FindAsync(connection, identity, ct) is not { } row) return null;
        _before[identity.Name] = (row, await ValuesAsync(connection, row, ct));
        var (done, values) = (new List<string>(), _before[identity.Name].Values);
        foreach (var column in row.Table.Columns.Where(column => !column.Generated))
        {
            var plain = Names.Plain(column.Name);
            if (IsAdminFlag(column)) await SetAsync(connection, row, column, "true", done, ct);
            else if (IsRole(column) && AdminLabel(column, row.Table, values.GetValueOrDefault(column.Name)) is { } label) await SetAsync(connection, row, column, label, done, ct);
            else if (column.Category == 'A' && plain is "roles" && column.Type is "text[]" or "character varying[]") await SetAsync(connection, row, column, "ARRAY['admin', 'ADMIN', 'Admin']", done, ct);
        }

        await Roles.GrantAsync(connection, row, done, ct);
        return done.Count == 0 ? null : $"{identity.Name}'s account was made an administrator's in the database: {string.Join(", ", done)}.";
    }

    /// <summary>Writes back what the account's row said before it was promoted: a word that the backend does not know would be in everybody's way.</summary>
    public async Task DemoteAsync(Identity identity, CancellationToken ct)
    {
        if (!_before.Remove(identity.Name, out var before)) return;
        await using var connection = await Sql.OpenAsync(connectionString, ct);
        var now = await ValuesAsync(connection, before.Row, ct);
        var done = new List<string>();
        foreach (var column in before.Row.Table.Columns.Where(column => !column.Generated && now.Count > 0 && now[column.Name] != before.Values[column.Name]))
            await SetAsync(connection, before.Row, column, before.Values[column.Name] is { } value ? $"{Sql.Literal(value)}::{column.Type}" : "NULL", done, ct);
    }

    /// <summary>Each column's value as a text; empty where the row is gone.</summary>
    private static async Task<Dictionary<string, string?>> ValuesAsync(NpgsqlConnection connection, AccountRow row, CancellationToken ct)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand($"SELECT {string.Join(", ", row.Table.Columns.Select(column => column.Quoted + "::text"))} FROM {row.Table.Quoted} WHERE {row.Where}", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return values;
        for (var n = 0; n < row.Table.Columns.Count; n++) values[row.Table.Columns[n].Name] = reader.IsDBNull(n) ? null : reader.GetString(n);
        return values;
    }

    /// <summary>The row that holds the account's address or name.</summary>
    private static async Task<AccountRow?> FindAsync(NpgsqlConnection connection, Identity identity, CancellationToken ct)
    {
        var wanted = new[] { identity.Credentials.GetValueOrDefault("email"), identity.Credentials.GetValueOrDefault("username") }.OfType<string>().ToArray();
        if (wanted.Length == 0) return null;
        var catalogue = await CatalogueReader.ReadAsync(connection, ct);
        var candidates = catalogue.Tables.SelectMany(table => table.Columns.Where(column => column.IsText && Meanings.Of(column.Name, null) is Meaning.Email or Meaning.UserName).Select(column => (table, column)))
            .OrderByDescending(each => each.table.Columns.Any(column => Meanings.Of(column.Name, null) is Meaning.Password)).ThenBy(each => each.table.Name.Length);
        foreach (var (table, column) in candidates.Take(20))
        {
            var text = wanted.Select(each => each.ToLowerInvariant()).ToArray();
            if (await Sql.ScalarAsync(connection, $"SELECT {column.Quoted}::text FROM {table.Quoted} WHERE lower({column.Quoted}::text) = ANY($1) LIMIT 1", ct, (object)text) is string value)
                return new AccountRow(table, $"{column.Quoted}::text = {Sql.Literal(value)}", catalogue);
        }

        return null;
    }

    private static async Task SetAsync(NpgsqlConnection connection, AccountRow row, Column column, string value, List<string> done, CancellationToken ct)
    {
        try
        {
            await Sql.ExecuteAsync(connection, $"UPDATE {row.Table.Quoted} SET {column.Quoted} = {value} WHERE {row.Where}", ct);
            done.Add($"{row.Table}.{column.Name} = {value}");
        }
        catch (PostgresException)
        {
            // A check or a trigger forbids it: then it is not this column.
        }
    }

    /// <summary>Whether a column says yes or no to who is an administrator.</summary>
    public static bool IsAdminFlag(Column column) => column.Category == 'B' && AdminFlags.Contains(Names.Plain(column.Name), StringComparer.Ordinal);

    /// <summary>Whether a column says what somebody is, in a word.</summary>
    public static bool IsRole(Column column) => (column.IsText || column.Labels.Count > 0) && Names.Plain(column.Name) is "role" or "userrole" or "usertype" or "type" or "accounttype";

    /// <summary>That word for an administrator, as SQL; null where there is none.</summary>
    /// <param name="present">What the column says of somebody who is none, where that is known: the word is written as that is.</param>
    public static string? AdminLabel(Column column, Table table, string? present = null)
    {
        if (Label(column, table, ["admin", "administrator", "superadmin", "super_admin", "role_admin"]) is { } known) return known;
        // What a column called "type" says may be the name of a class.
        if (!column.IsText || Names.Plain(column.Name) is "type") return null;
        return Sql.Literal(Spelled(string.IsNullOrEmpty(present) ? DefaultWord(column.Default) : present));
    }

    /// <summary><c>ROLE_ADMIN</c> beside <c>ROLE_USER</c>, <c>Admin</c> beside <c>Customer</c>.</summary>
    private static string Spelled(string word)
    {
        var prefix = word.StartsWith("ROLE_", StringComparison.OrdinalIgnoreCase) ? word[..5] : "";
        var rest = word[prefix.Length..];
        if (rest.Length == 0 || !rest.Any(char.IsLetter)) return prefix + "admin";
        if (rest.Where(char.IsLetter).All(char.IsUpper)) return prefix + "ADMIN";
        return prefix + (char.IsUpper(rest[0]) ? "Admin" : "admin");
    }

    /// <summary>The text of <c>'USER'::character varying</c>.</summary>
    private static string DefaultWord(string? sql) => sql?.Split('\'') is [_, var word, ..] ? word : "";

    /// <summary>One of an enum's labels, or of a check's literals, that is called so.</summary>
    private static string? Label(Column column, Table table, string[] names)
    {
        if (column.Labels.FirstOrDefault(label => names.Contains(label, StringComparer.OrdinalIgnoreCase)) is { } found) return Sql.Literal(found);
        foreach (var check in table.Checks.Where(check => check.Contains(column.Name, StringComparison.Ordinal)))
            foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(check, "'([^']+)'"))
                if (names.Contains(match.Groups[1].Value, StringComparer.OrdinalIgnoreCase)) return Sql.Literal(match.Groups[1].Value);
        return null;
    }
}

/// <param name="Where">Finds it.</param>
internal sealed record AccountRow(Table Table, string Where, Catalogue Catalogue);
