using System.Text;
using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire.Tests.Statements;

public sealed class ClassifierTests
{
    [Theory]
    [InlineData("SELECT 1", StatementKind.Read)]
    [InlineData("(SELECT 1)", StatementKind.Read)]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a", StatementKind.Read)]
    [InlineData("SELECT * FROM t FOR UPDATE", StatementKind.Read)]
    [InlineData("SELECT * FROM t FOR NO KEY UPDATE SKIP LOCKED", StatementKind.Read)]
    [InlineData("SELECT 'insert into t', \"update\" FROM t -- delete from t", StatementKind.Read)]
    [InlineData("COPY t TO STDOUT", StatementKind.Read)]
    [InlineData("COPY (SELECT a FROM t) TO STDOUT", StatementKind.Read)]
    [InlineData("EXPLAIN SELECT 1", StatementKind.Read)]
    [InlineData("INSERT INTO t VALUES (1)", StatementKind.Write)]
    [InlineData("INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2", StatementKind.Write)]
    [InlineData("UPDATE t SET a = 1", StatementKind.Write)]
    [InlineData("DELETE FROM ONLY t", StatementKind.Write)]
    [InlineData("MERGE INTO t USING u ON a = b WHEN MATCHED THEN DELETE", StatementKind.Write)]
    [InlineData("TRUNCATE TABLE t", StatementKind.Write)]
    [InlineData("WITH moved AS (DELETE FROM t RETURNING *) SELECT * FROM moved", StatementKind.Write)]
    [InlineData("WITH a AS (SELECT 1) UPDATE t SET b = 2", StatementKind.Write)]
    [InlineData("EXPLAIN ANALYZE DELETE FROM t", StatementKind.Write)]
    [InlineData("COPY t (a) FROM STDIN (FORMAT BINARY)", StatementKind.Write)]
    [InlineData("BEGIN", StatementKind.Begin)]
    [InlineData("BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE", StatementKind.Begin)]
    [InlineData("START TRANSACTION", StatementKind.Begin)]
    [InlineData("commit", StatementKind.Commit)]
    [InlineData("END", StatementKind.Commit)]
    [InlineData("PREPARE TRANSACTION 'x'", StatementKind.Commit)]
    [InlineData("ROLLBACK", StatementKind.Rollback)]
    [InlineData("ABORT", StatementKind.Rollback)]
    [InlineData("ROLLBACK TO SAVEPOINT a", StatementKind.RollbackTo)]
    [InlineData("SAVEPOINT a", StatementKind.Savepoint)]
    [InlineData("RELEASE a", StatementKind.Savepoint)]
    [InlineData("SET statement_timeout = 1", StatementKind.Set)]
    [InlineData("DISCARD ALL", StatementKind.Reset)]
    [InlineData("SET SESSION AUTHORIZATION DEFAULT", StatementKind.Reset)]
    [InlineData("RESET ALL", StatementKind.Reset)]
    [InlineData("CLOSE ALL", StatementKind.Reset)]
    [InlineData("UNLISTEN *", StatementKind.Reset)]
    [InlineData("SELECT pg_advisory_unlock_all()", StatementKind.Reset)]
    [InlineData("DISCARD TEMP", StatementKind.Reset)]
    [InlineData("DEALLOCATE ALL", StatementKind.Reset)]
    [InlineData("DEALLOCATE a", StatementKind.Deallocate)]
    [InlineData("PREPARE a AS SELECT 1", StatementKind.Prepare)]
    [InlineData("EXECUTE a(1)", StatementKind.Execute)]
    [InlineData("LOCK TABLE t", StatementKind.Lock)]
    [InlineData("CREATE TABLE t (a int REFERENCES b ON UPDATE CASCADE)", StatementKind.Schema)]
    [InlineData("CREATE TRIGGER r BEFORE INSERT OR UPDATE ON t EXECUTE FUNCTION f()", StatementKind.Schema)]
    [InlineData("LISTEN a", StatementKind.Notify)]
    [InlineData("NOTIFY a", StatementKind.Notify)]
    [InlineData("CALL p()", StatementKind.Other)]
    public void A_statement_is_told_by_its_text(string sql, StatementKind kind) => Assert.Equal(kind, Shape(sql).Kind);

    [Theory]
    [InlineData("SELECT * FROM t FOR UPDATE", true)]
    [InlineData("SELECT * FROM t FOR KEY SHARE", true)]
    [InlineData("SELECT * FROM t", false)]
    [InlineData("UPDATE t SET a = 1", false)]
    public void Rows_that_are_locked_are_told(string sql, bool locks) => Assert.Equal(locks, Shape(sql).TakesLocks);

    [Theory]
    [InlineData("SELECT * FROM a JOIN shop.b ON true LEFT JOIN \"C\" ON true", "a,b,C", "")]
    [InlineData("INSERT INTO shop.a SELECT * FROM b", "b", "a")]
    [InlineData("UPDATE a SET x = 1 FROM b WHERE a.id = b.id", "b", "a")]
    [InlineData("DELETE FROM ONLY a", "", "a")]
    [InlineData("WITH gone AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM gone", "gone", "a,b")]
    [InlineData("COPY a FROM STDIN", "", "a")]
    [InlineData("COPY a TO STDOUT", "a", "")]
    public void Tables_are_told_by_what_is_done_to_them(string sql, string reads, string writes)
    {
        var shape = Shape(sql);
        Assert.Equal((reads, writes), (string.Join(',', shape.Reads), string.Join(',', shape.Writes)));
    }

    private static StatementShape Shape(string sql)
    {
        var (normalizer, position, bytes) = (new StatementNormalizer(), 0, Encoding.UTF8.GetBytes(sql));
        Assert.True(normalizer.Next(bytes, ref position, escapesInText: false));
        return new ShapeTable(100).Get(normalizer.Text, bytes);
    }
}
