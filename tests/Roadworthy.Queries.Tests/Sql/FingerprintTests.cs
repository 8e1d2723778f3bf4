using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.Tests.Sql;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("SELECT * FROM users WHERE id = 42", "SELECT * FROM users WHERE id = ?")]
    [InlineData("SELECT * FROM users WHERE id = $12 AND name = 'O''Brien'", "SELECT * FROM users WHERE id = ? AND name = ?")]
    [InlineData("SELECT @p0, :name, a::int, '1'::text", "SELECT ?, ?, a::int, ?::text")]
    [InlineData("SELECT 1 -- the user's\n  ,\t2 /* nested /* comment */ 3 */ FROM t1", "SELECT ? , ? FROM t1")]
    [InlineData("SELECT E'it\\'s', U&'d\\0061t', X'1F', $$a 'b' $$, $tag$ $$ ; $tag$, 1.5e-10, .5, 0xFF", "SELECT ?, ?, ?, ?, ?, ?, ?, ?")]
    [InlineData("SELECT \"select 1\", \"a\"\"b\" FROM \"Users\"", "SELECT \"select 1\", \"a\"\"b\" FROM \"Users\"")]
    [InlineData("SELECT 1 FROM t WHERE a IN (1, 2, 3) AND b IN ('x') AND c IN ($1,$2)", "SELECT ? FROM t WHERE a IN (?) AND b IN (?) AND c IN (?)")]
    [InlineData("SELECT 1 FROM t WHERE (a, b) IN ((1, 2), (3, 4))", "SELECT ? FROM t WHERE (a, b) IN (?)")]
    [InlineData("SELECT 1 FROM t WHERE a IN (SELECT b FROM u WHERE c = 1)", "SELECT ? FROM t WHERE a IN (SELECT b FROM u WHERE c = ?)")]
    [InlineData("SELECT 1 FROM t WHERE a = ANY (ARRAY[1, -2])", "SELECT ? FROM t WHERE a = ANY (ARRAY[?])")]
    [InlineData("INSERT INTO t (a, b) VALUES (1, 'x'), (2, lower('Y')), ($1, DEFAULT) RETURNING a", "INSERT INTO t (a, b) VALUES (?, ?) RETURNING a")]
    [InlineData("SELECT a @> b, a -> 'x', a ? 'k', x[1:2]", "SELECT a @> b, a -> ?, a ? ?, x[?:?]")]
    [InlineData("  SELECT\r\n1  ", "SELECT ?")]
    public void What_changes_from_call_to_call_is_taken_out(string sql, string expected) =>
        Assert.Equal(expected, Assert.Single(SqlText.Of(sql).Statements).Fingerprint.Text);

    [Theory]
    [InlineData("", 0)]
    [InlineData(" ; ;; -- nothing", 0)]
    [InlineData("SELECT 1;", 1)]
    [InlineData("SELECT ';'; SELECT $$;$$ ; SELECT (1;2)", 3)]
    public void Statements_of_a_text_are_told_apart(string sql, int count) => Assert.Equal(count, SqlText.Of(sql).Statements.Length);

    [Theory]
    [InlineData("'")]
    [InlineData("SELECT 'abc")]
    [InlineData("SELECT E'abc\\")]
    [InlineData("SELECT \"abc")]
    [InlineData("SELECT $tag$ abc $ta")]
    [InlineData("SELECT /* /* abc */")]
    [InlineData("SELECT --")]
    [InlineData("$")]
    [InlineData("@")]
    [InlineData("IN (")]
    [InlineData("VALUES (1), (2")]
    [InlineData(")))),(((")]
    [InlineData("\0\ud800 SELECT ☃")]
    public void What_is_not_whole_is_taken_as_it_is(string sql) => Assert.NotNull(SqlText.Of(sql).Statements);

    [Fact]
    public void Literals_are_told_from_others_and_never_kept()
    {
        var (one, same, other) = (Only("SELECT 'secret' WHERE 1 = 1"), Only("SELECT  'secret' WHERE 1 = 1"), Only("SELECT 'public' WHERE 1 = 1"));
        Assert.Equal(one.Fingerprint.Id, other.Fingerprint.Id);
        Assert.Equal(one.Literals, same.Literals);
        Assert.NotEqual(one.Literals, other.Literals);
        Assert.DoesNotContain("secret", one.Fingerprint.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_megabyte_of_SQL_costs_no_more_than_its_first_pages()
    {
        var sql = "INSERT INTO t VALUES " + string.Join(", ", Enumerable.Range(0, 200_000).Select(n => $"({n})"));
        Assert.Equal("INSERT INTO t VALUES (?)", Only(sql).Fingerprint.Text[..24]);
        Assert.True(Only("SELECT " + string.Join(", ", Enumerable.Range(0, 9_000).Select(n => $"column{n}"))).Fingerprint.Text.Length <= 4_000);
    }

    [Fact]
    public void Texts_that_are_equal_have_one_reading_and_memory_is_bounded()
    {
        for (var n = 0; n < 20_000; n++) Assert.Equal("SELECT ?", Only($"SELECT {n}").Fingerprint.Text);
        var (one, copy) = (new string("SELECT 7".ToCharArray()), new string("SELECT 7".ToCharArray()));
        Assert.Same(SqlText.Of(one).Statements, SqlText.Of(copy).Statements);
        Assert.Same(SqlText.Of(one), SqlText.Of(one));
    }

    private static SqlStatement Only(string sql) => Assert.Single(SqlText.Of(sql).Statements);
}
