using FsCheck;
using FsCheck.Fluent;
using Storefront.Data;

namespace Storefront.Tests.Data;

public sealed class CursorTests
{
    [Fact]
    public void A_cursor_reads_as_it_was_written_and_needs_no_escaping_in_an_address() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), id =>
        {
            var text = new Cursor(id).ToString();
            return text.Length == 22 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
                && Cursor.TryParse(text, null, out var read) && read.Id == id && Cursor.Parse(text, null).Id == id;
        }));

    [Fact]
    public void No_text_makes_the_parser_throw() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Cursor.TryParse(text, null, out _) || true));

    [Fact]
    public void What_is_almost_a_cursor_is_read_or_refused_and_never_throws() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(Gen.Elements("AQgw09-_=+/ \t\u00e9\0".ToCharArray()).ArrayOf(22).ToArbitrary(), text => Cursor.TryParse(new string(text), null, out var read) || read == default));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA  ")]
    public void What_is_no_cursor_is_refused(string? text)
    {
        Assert.False(Cursor.TryParse(text, null, out _));
        if (text is not null) Assert.Contains("'next' of an earlier page", Assert.Throws<FormatException>(() => Cursor.Parse(text, null)).Message, StringComparison.Ordinal);
    }
}
