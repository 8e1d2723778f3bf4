using System.Text;
using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire.Tests.Statements;

public sealed class SplitTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" ; ;; -- nothing\n /* at all */ ; ", new string[0])]
    [InlineData("SELECT 1", new[] { "SELECT 1" })]
    [InlineData("SELECT 1;", new[] { "SELECT 1" })]
    [InlineData("BEGIN; INSERT INTO t VALUES (';'); COMMIT", new[] { "BEGIN", "INSERT INTO t VALUES (';')", "COMMIT" })]
    [InlineData("SELECT $$a;b$$; SELECT \"c;d\"; SELECT /* ; */ 3 -- ;\n; SELECT E'\\';'", new[] { "SELECT $$a;b$$", "SELECT \"c;d\"", "SELECT /* ; */ 3", "SELECT E'\\';'" })]
    [InlineData("CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b); SELECT 1",
        new[] { "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b)", "SELECT 1" })]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3",
        new[] { "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END", "SELECT 3" })]
    public void A_text_is_cut_where_PostgreSQL_cuts_it(string sql, string[] expected)
    {
        var (normalizer, position, bytes) = (new StatementNormalizer(), 0, Encoding.UTF8.GetBytes(sql));
        List<string> found = [];
        while (normalizer.Next(bytes, ref position, escapesInText: false)) found.Add(Encoding.UTF8.GetString(bytes[normalizer.Start..normalizer.End]));
        Assert.Equal(expected, found);
    }
}
