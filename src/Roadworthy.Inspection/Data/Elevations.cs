using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Data;

/// <summary>What an account's row says where it is an administrator's.</summary>
/// <param name="Column">That says it.</param>
/// <param name="Stored">As the row has it.</param>
/// <param name="Value">As a body would say it.</param>
/// <param name="IsKey">Whether it is the key of a role that is a row of its own.</param>
/// <param name="IsSure">Whether the schema itself knows the word; else it may be what somebody does for a living.</param>
internal sealed record Elevation(Column Column, string Stored, JsonNode Value, bool IsKey, bool IsSure);

/// <summary>Finds them in the table of the accounts.</summary>
internal static class Elevations
{
    /// <summary>Empty where nothing tells an administrator.</summary>
    public static async Task<IReadOnlyList<Elevation>> OfAsync(string connectionString, Catalogue catalogue, Table accounts, CancellationToken ct)
    {
        var found = new List<Elevation>();
        foreach (var column in accounts.Columns.Where(column => !column.Generated))
        {
            if (AccountRows.IsAdminFlag(column)) found.Add(new(column, "true", JsonValue.Create(true), IsKey: false, IsSure: true));
            else if (AccountRows.IsRole(column) && AccountRows.AdminLabel(column, accounts)?.Trim('\'') is { } label)
            {
                var isSure = column.Labels.Count > 0 || accounts.Checks.Any(check => check.Contains($"'{label}'", StringComparison.Ordinal)) || column.Default?.Contains("user", StringComparison.OrdinalIgnoreCase) is true;
                if (isSure || Names.Plain(column.Name) is "role" or "userrole") found.Add(new(column, label, JsonValue.Create(label), IsKey: false, isSure));
            }
            else if (RolesOf(catalogue, accounts, column) is { } roles) found.AddRange(await KeyAsync(connectionString, column, roles, ct));
        }

        return found;
    }

    private static (Table Table, string Key)? RolesOf(Catalogue catalogue, Table accounts, Column column)
    {
        if (accounts.ForeignKeys.FirstOrDefault(key => key.Columns is [var only] && only == column.Name) is { } declared)
            return declared.TargetTable.Contains("role", StringComparison.OrdinalIgnoreCase) && catalogue.Find(declared.TargetSchema, declared.TargetTable) is { } target ? (target, declared.TargetColumns[0]) : null;
        return Roles.Undeclared(catalogue, accounts, column) is { } roles ? (roles, roles.PrimaryKey[0]) : null;
    }

    private static async Task<IEnumerable<Elevation>> KeyAsync(string connectionString, Column column, (Table Table, string Key) roles, CancellationToken ct)
    {
        await using var connection = await Sql.OpenAsync(connectionString, ct);
        if (await Roles.AdminAsync(connection, roles.Table, roles.Key, ct) is not { } find) return [];
        var key = Convert.ToString(await Sql.ScalarAsync(connection, find, ct), CultureInfo.InvariantCulture);
        if (key is null) return [];
        return [new(column, key, long.TryParse(key, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(key), IsKey: true, IsSure: true)];
    }
}
