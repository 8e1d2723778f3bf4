using System.Data;
using Npgsql;
using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.Recording;

/// <summary>What a command or a batch sends: its statements, each with its values as hashes.</summary>
internal static class Sending
{
    /// <summary>Adds those of a command or a batch to a list that is used again: it is done for every statement.</summary>
    public static void Add(object command, List<(SqlStatement Statement, Binding Binding)> sent)
    {
        if (command is NpgsqlCommand one)
        {
            Add(sent, one.CommandType, one.CommandText, one.Parameters);
        }
        else if (command is NpgsqlBatch batch)
        {
            foreach (NpgsqlBatchCommand part in batch.BatchCommands) Add(sent, part.CommandType, part.CommandText, part.Parameters);
        }
    }

    /// <summary>Of a data source that tells nothing but the text.</summary>
    public static List<(SqlStatement Statement, Binding Binding)> Of(string sql)
    {
        var sent = new List<(SqlStatement, Binding)>(1);
        foreach (var statement in SqlText.Of(sql).Statements)
            sent.Add((statement, statement.HasPlaceholders ? Binding.Unknown : new Binding(statement.Literals, 0, true, false)));
        return sent;
    }

    private static void Add(List<(SqlStatement, Binding)> sent, CommandType type, string text, NpgsqlParameterCollection parameters)
    {
        var statements = SqlText.Of(type switch { CommandType.StoredProcedure => "CALL " + text, CommandType.TableDirect => "SELECT * FROM " + text, _ => text }).Statements;
        var binding = Binding.Of(parameters);
        for (var n = 0; n < statements.Length; n++)
        {
            // Statements that share a command share its parameters: the place of each tells its own from the others'.
            var own = statements.Length > 1 && statements[n].HasPlaceholders ? HashCode.Combine(statements[n].Literals, n) : statements[n].Literals;
            sent.Add((statements[n], binding.With(own)));
        }
    }
}
