using Npgsql;
using Roadworthy.Errors.Json;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Exceptions;

internal static class DataFields
{
    // Npgsql copies the server's fields into Data, Detail among them.
    private static readonly HashSet<string> WrittenByNpgsql = new(StringComparer.Ordinal)
    {
        "Severity", "InvariantSeverity", "SqlState", "Code", "MessageText", "Detail", "Hint", "Position", "InternalPosition", "InternalQuery",
        "Where", "SchemaName", "TableName", "ColumnName", "DataTypeName", "ConstraintName", "File", "Line", "Routine",
    };

    public static List<KeyValuePair<string, object?>>? Of(Exception exception)
    {
        var data = Guarded.Get(exception, static e => e.Data, out var fault);
        if (data is null)
        {
            return fault is null ? null : [new("(data)", fault)];
        }

        var pairs = Guarded.Get(data, static d => d.Count == 0 ? [] : ValuePairs.Of(d), out fault);
        if (exception is PostgresException)
        {
            pairs?.RemoveAll(pair => WrittenByNpgsql.Contains(pair.Key));
        }

        return fault is not null ? [new("(data)", fault)] : pairs is [] ? null : pairs;
    }
}
