using System.Text;
using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire.Tests.Statements;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("SELECT * FROM users WHERE id = 1", "select * from users where id = ?")]
    [InlineData("select  *\n\tFROM users   where id=$1", "select * from users where id = ?")]
    [InlineData("SELECT 'it''s', E'a\\'b', U&'\\0041', B'01', x'ff', N'n'", "select ?, ?, ?, ?, ?, ?")]
    [InlineData("SELECT $$a;'b$$, $tag$ $$ ; $tag$", "select ?, ?")]
    [InlineData("SELECT 1.5, .5, 1e10, 1E-5, 0xFF, 1_000, 5.", "select ?, ?, ?, ?, ?, ?, ?")]
    [InlineData("SELECT \"Id\", \"a\"\"b\" FROM \"Users\"", "select \"Id\", \"a\"\"b\" from \"Users\"")]
    [InlineData("SELECT /* a /* nested */ comment */ 1 -- and 'this'\n, 2", "select ?, ?")]
    [InlineData("/* route:/users */ SELECT 1", "select ?")]
    [InlineData("SELECT a FROM t WHERE b = -1 AND c > - 2 AND d IN (-1, 2)", "select a from t where b = ? and c > ? and d in (?)")]
    [InlineData("SELECT a - 1, a-1", "select a - ?, a - ?")]
    [InlineData("SELECT 'a'\n'b'", "select ?")]
    [InlineData("SELECT '2020-01-01'::date, $1::int[]", "select ?::date, ?::int[]")]
    [InlineData("SELECT count(*), now() FROM t", "select count(*), now() from t")]
    [InlineData("SELECT a FROM t WHERE b IS NULL AND c IS NOT NULL AND d = NULL", "select a from t where b is null and c is not null and d = ?")]
    [InlineData("SELECT a->>'b', a @> '{}'::jsonb", "select a ->> ?, a @> ?::jsonb")]
    [InlineData("SELECT 'never closed", "select ?")]
    [InlineData("SELECT $$never closed", "select ?")]
    [InlineData("SELECT 1 /* never closed", "select ?")]
    [InlineData("SELECT größe FROM Maße", "select größe from maße")]
    public void What_differs_from_call_to_call_is_left_out(string sql, string expected) => Assert.Equal(expected, Normalize(sql));

    [Theory]
    [InlineData("SELECT * FROM t WHERE id IN (1)", "select * from t where id in (?)")]
    [InlineData("SELECT * FROM t WHERE id IN (1, 2, 3)", "select * from t where id in (?)")]
    [InlineData("SELECT * FROM t WHERE id IN ($1,$2,$3) AND a = 1", "select * from t where id in (?) and a = ?")]
    [InlineData("SELECT * FROM t WHERE id = ANY(ARRAY[1,2,3])", "select * from t where id = any(array[?])")]
    [InlineData("SELECT * FROM t WHERE (a, b) IN ((1, 2), (3, 4), (5, 6))", "select * from t where (a, b) in ((?, ?))")]
    [InlineData("SELECT * FROM t WHERE id IN ('a'::uuid, 'b'::uuid)", "select * from t where id in (?::uuid)")]
    [InlineData("SELECT * FROM t WHERE id IN (SELECT id FROM u)", "select * from t where id in (select id from u)")]
    [InlineData("INSERT INTO t (a, b) VALUES (1, 2)", "insert into t(a, b) values (?, ?)")]
    [InlineData("INSERT INTO t (a, b) VALUES (1, 2), (3, 4), (5, 6)", "insert into t(a, b) values (?, ?)")]
    [InlineData("INSERT INTO t (a, b) VALUES ($1, DEFAULT), ($2, NULL) RETURNING id", "insert into t(a, b) values (?, ?) returning id")]
    [InlineData("INSERT INTO t VALUES (1), (2) ON CONFLICT DO NOTHING", "insert into t values (?) on conflict do nothing")]
    [InlineData("INSERT INTO t VALUES (1, now()), (2, now())", "insert into t values (?, now())")]
    [InlineData("SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (n, s)", "select * from (values (?, ?)) as v(n, s)")]
    public void Lists_of_values_are_one_however_long(string sql, string expected) => Assert.Equal(expected, Normalize(sql));

    [Fact]
    public void Fingerprints_are_the_same_in_every_run() => Assert.Equal(Hash64.Of("select ?"u8), Hash64.Of(Encoding.UTF8.GetBytes("select ?")));

    [Fact]
    public void Values_tell_what_is_asked_again_from_what_is_asked_anew()
    {
        Assert.Equal(Values("SELECT 1, 'a'"), Values("select  1,'a'"));
        Assert.NotEqual(Values("SELECT 1, 'a'"), Values("SELECT 2, 'a'"));
        Assert.Equal(0ul, Values("SELECT a"));
    }

    [Fact]
    public void With_standard_conforming_strings_off_a_backslash_keeps_the_quote()
    {
        var (normalizer, position) = (new StatementNormalizer(), 0);
        Assert.True(normalizer.Next(@"SELECT 'a\'; b' "u8, ref position, escapesInText: true));
        Assert.Equal("select ?", Encoding.UTF8.GetString(normalizer.Text));
    }

    [Fact]
    public void Depth_and_length_have_bounds()
    {
        var deep = "SELECT " + new string('(', 10_000) + "1" + new string(')', 10_000);
        Assert.NotEmpty(Normalize(deep));
        var longOne = "SELECT " + string.Join(" + ", Enumerable.Range(0, 100_000).Select(n => $"column{n}"));
        Assert.InRange(Normalize(longOne).Length, 1, 64 * 1024);
    }

    private static string Normalize(string sql)
    {
        var (normalizer, position) = (new StatementNormalizer(), 0);
        Assert.True(normalizer.Next(Encoding.UTF8.GetBytes(sql), ref position, escapesInText: false));
        return Encoding.UTF8.GetString(normalizer.Text);
    }

    private static ulong Values(string sql)
    {
        var (normalizer, position) = (new StatementNormalizer(), 0);
        normalizer.Next(Encoding.UTF8.GetBytes(sql), ref position, escapesInText: false);
        return normalizer.LiteralsHash;
    }
}
