using Roadworthy.Console.Text;

namespace Roadworthy.Console.Tests.Text;

public sealed class VisibleTests
{
    [Theory]
    [InlineData("plain text, 100 % of it", "plain text, 100 % of it")]
    [InlineData("Größe 日本 👍", "Größe 日本 👍")]
    [InlineData("a\u001b[31mred\u0000", "a␛[31mred␀")]
    [InlineData("one\r\ntwo\tthree", "one␍␊two␉three")]
    [InlineData("abc\u202Egnp.exe\u2066\u200b", "abc‹U+202E›gnp.exe‹U+2066›‹U+200B›")]
    [InlineData("\u2028\u0085\u007f\ufeff", "‹U+2028›‹U+0085›␡‹U+FEFF›")]
    [InlineData(null, "")]
    public void A_line_shows_what_can_t_be_seen(string? text, string shown) => Assert.Equal(shown, Visible.Line(text));

    // No attribute can hold such a text.
    [Fact]
    public void Half_a_surrogate_pair_is_named() => Assert.Equal("half ‹U+D83D› pair ‹U+DC4D›", Visible.Line("half \ud83d pair \udc4d"));

    [Fact]
    public void A_block_keeps_its_lines_and_tabs() => Assert.Equal("SELECT\n\t1␇", Visible.Block("SELECT\r\n\t1\a"));

    [Fact]
    public void What_is_long_is_cut_and_says_by_how_much() =>
        Assert.Equal(new string('x', 300) + "…[+99,700 characters]", Visible.Line(new string('x', 100_000)));

    [Fact]
    public void A_cut_in_the_middle_of_a_pair_keeps_the_pair_whole()
    {
        var shown = Visible.Line(string.Concat(Enumerable.Repeat("👍", 200)), most: 5);
        Assert.StartsWith("👍👍👍…[", shown, StringComparison.Ordinal);
    }
}
