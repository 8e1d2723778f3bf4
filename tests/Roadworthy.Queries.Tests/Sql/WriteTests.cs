using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.Tests.Sql;

public sealed class WriteTests
{
    [Theory]
    [InlineData("insert into t values (1)")]
    [InlineData("/* SELECT */ UPDATE t SET a = 1")]
    [InlineData("UPDATE \"T\" SET a = 1")]
    [InlineData("DELETE FROM t")]
    [InlineData("MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE")]
    [InlineData("TRUNCATE t")]
    [InlineData("WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone")]
    [InlineData("WITH a AS MATERIALIZED (INSERT INTO t VALUES (1) RETURNING id) SELECT 1")]
    [InlineData("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a")]
    [InlineData("EXPLAIN ANALYZE UPDATE t SET a = 1")]
    [InlineData("COPY t (a, b) FROM STDIN")]
    [InlineData("CREATE TABLE t (a int)")]
    public void A_statement_that_changes_data_is_told(string sql) => Assert.True(Only(sql).IsWrite);

    [Theory]
    [InlineData("SELECT * FROM t FOR UPDATE")]
    [InlineData("SELECT * FROM t WHERE a = 'x' FOR NO KEY UPDATE SKIP LOCKED")]
    [InlineData("SELECT 'DELETE FROM t', \"INSERT INTO\" FROM t -- UPDATE t SET a = 1")]
    [InlineData("SELECT update, delete, insert FROM t WHERE count(delete) > max(update)")]
    [InlineData("SELECT (update) FROM t")]
    [InlineData("SELECT $$ DELETE FROM t $$")]
    [InlineData("COPY (SELECT * FROM t) TO STDOUT")]
    [InlineData("COPY t TO STDOUT")]
    public void A_statement_that_only_reads_is_none_whatever_its_words(string sql) => Assert.False(Only(sql).IsWrite);

    [Theory]
    [InlineData("BEGIN", true)]
    [InlineData("set local lock_timeout = 5", true)]
    [InlineData("SAVEPOINT a", true)]
    [InlineData("SELECT 1", false)]
    [InlineData("UPDATE t SET a = 1", false)]
    public void What_is_about_the_session_is_no_statement(string sql, bool isControl) => Assert.Equal(isControl, Only(sql).IsControl);

    private static Fingerprint Only(string sql) => Assert.Single(SqlText.Of(sql).Statements).Fingerprint;
}
