using System.Diagnostics;
using Npgsql;
using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.Recording;

/// <summary>A span under way or done: a round trip to PostgreSQL, or something else that is traced. Guarded by its recorder.</summary>
internal sealed class Execution(Activity activity, object? command, long startedAt)
{
    public Activity Activity { get; } = activity;

    /// <summary>The <see cref="NpgsqlCommand"/> or <see cref="NpgsqlBatch"/>; null where the data source does not tell.</summary>
    public object? Command { get; private set; } = command;

    public long StartedAt { get; } = startedAt;

    public long Ticks { get; private set; }

    /// <summary>Of its statements, in their order. Empty where it is none of a database.</summary>
    public Tally[] Tallies { get; set; } = [];

    public long? Rows { get; private set; }

    public long? RowsRead { get; private set; }

    public bool HasFailed { get; private set; }

    public string? SqlState { get; private set; }

    public void End(long endedAt)
    {
        Ticks = Math.Max(1, endedAt - StartedAt);
        HasFailed = Activity.Status == ActivityStatusCode.Error;
        // What a command that failed says of its rows is left from its last run.
        if (HasFailed) SqlState = Activity.GetTagItem("db.response.status_code") as string;
        else CountRows();
        Command = null;
    }

    private void CountRows()
    {
        switch (Command)
        {
            case NpgsqlCommand command:
#pragma warning disable CS0618 // Nothing else has the rows of a command.
                foreach (var statement in command.Statements) Count(statement);
#pragma warning restore CS0618
                break;
            case NpgsqlBatch batch:
                foreach (NpgsqlBatchCommand statement in batch.BatchCommands) Count(statement);
                break;
        }
    }

    private void Count(NpgsqlBatchCommand statement)
    {
        Rows = (Rows ?? 0) + (long)statement.Rows;
        RowsRead = (RowsRead ?? 0) + (statement.StatementType == StatementType.Select ? (long)statement.Rows : 0);
    }
}
