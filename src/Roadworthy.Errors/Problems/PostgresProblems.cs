using static Roadworthy.Errors.Problems.KnownProblems;

namespace Roadworthy.Errors.Problems;

/// <summary>Which problem answers which PostgreSQL error. What is not here is a fault of the application: 500.</summary>
public static class PostgresProblems
{
    /// <summary>From SQLSTATE (five characters) or class (two) to the answer. A whole SQLSTATE goes before its class.</summary>
    public static IReadOnlyDictionary<string, Problem> Table { get; } = new Dictionary<string, Problem>(StringComparer.Ordinal)
    {
        ["22001"] = InvalidValue, // string_data_right_truncation
        ["22003"] = InvalidValue, // numeric_value_out_of_range
        ["22007"] = InvalidValue, // invalid_datetime_format
        ["22008"] = InvalidValue, // datetime_field_overflow
        ["22021"] = InvalidValue, // character_not_in_repertoire
        ["22P02"] = InvalidValue, // invalid_text_representation
        ["22P05"] = InvalidValue, // untranslatable_character
        ["22025"] = InvalidValue, // invalid_escape_sequence
        ["2201B"] = InvalidValue, // invalid_regular_expression
        ["2201W"] = InvalidValue, // invalid_row_count_in_limit_clause
        ["2201X"] = InvalidValue, // invalid_row_count_in_result_offset_clause
        ["22030"] = InvalidValue, // duplicate_json_object_key_value
        ["22032"] = InvalidValue, // invalid_json_text
        ["23505"] = AlreadyExists, // unique_violation
        ["23P01"] = AlreadyExists, // exclusion_violation
        ["23503"] = Reference, // foreign_key_violation
        ["23001"] = Reference, // restrict_violation
        ["23502"] = RuleViolated, // not_null_violation
        ["23514"] = RuleViolated, // check_violation
        ["40001"] = Contention, // serialization_failure
        ["40P01"] = Contention, // deadlock_detected
        ["55P03"] = Contention, // lock_not_available
        ["57014"] = TooSlow, // query_canceled, by statement_timeout or an operator
        ["25P04"] = TooSlow, // transaction_timeout
        ["08"] = Unavailable, // connection exceptions
        ["25006"] = Unavailable, // read_only_sql_transaction, after a failover
        ["25P03"] = Unavailable, // idle_in_transaction_session_timeout
        ["28"] = Unavailable, // the server refuses the service's own account
        ["3D000"] = Unavailable, // invalid_catalog_name: the database is gone
        ["53"] = Unavailable, // insufficient resources, too_many_connections among them
        ["57P01"] = Unavailable, // admin_shutdown
        ["57P02"] = Unavailable, // crash_shutdown
        ["57P03"] = Unavailable, // cannot_connect_now
        ["57P04"] = Unavailable, // database_dropped
        ["57P05"] = Unavailable, // idle_session_timeout
        ["58"] = Unavailable, // system errors: disk, files
    };

    /// <summary>The answer to a SQLSTATE; null when it is a fault of the application.</summary>
    public static Problem? Find(string? sqlState)
    {
        if (sqlState is not { Length: 5 })
        {
            return null;
        }

        return Table.TryGetValue(sqlState, out var problem) ? problem : Table.GetValueOrDefault(sqlState[..2]);
    }
}
