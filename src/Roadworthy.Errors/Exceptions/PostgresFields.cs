using System.Globalization;
using Npgsql;

namespace Roadworthy.Errors.Exceptions;

/// <summary>The server's fields, but Detail and InternalQuery: they quote the values of rows. Where does so for COPY only.</summary>
internal static class PostgresFields
{
    public static List<KeyValuePair<string, object?>> Of(PostgresException error)
    {
        var fields = new List<KeyValuePair<string, object?>>(12);
        Add(fields, "sqlState", error.SqlState);
        Add(fields, "severity", error.InvariantSeverity);
        Add(fields, "constraint", error.ConstraintName);
        Add(fields, "table", error.TableName);
        Add(fields, "column", error.ColumnName);
        Add(fields, "schema", error.SchemaName);
        Add(fields, "dataType", error.DataTypeName);
        Add(fields, "position", error.Position > 0 ? error.Position.ToString(CultureInfo.InvariantCulture) : null);
        Add(fields, "where", error.Where?.StartsWith("COPY ", StringComparison.Ordinal) == true ? null : error.Where);
        Add(fields, "hint", error.Hint);
        Add(fields, "routine", error.Routine);
        return fields;
    }

    private static void Add(List<KeyValuePair<string, object?>> fields, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            fields.Add(new(name, value));
        }
    }
}
