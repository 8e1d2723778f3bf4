using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Bodies;

public sealed class NumberTests
{
    private sealed record Aged(int Age);

    private sealed record Weighed(double? Weight, float? Length, Half? Share, decimal? Price);

    private sealed record Sized(byte? B, sbyte? Sb, short? S, ushort? Us, uint? Ui, long? L, ulong? Ul);

    [Theory]
    [InlineData("42")]
    [InlineData("\"42\"")]
    [InlineData("\" 42 \"")]
    [InlineData("\"42.0\"")]
    [InlineData("42.0")]
    [InlineData("4.2e1")]
    [InlineData("420e-1")]
    [InlineData("\" 42.0 \"")]
    [InlineData("0.0000042E7")]
    [InlineData("42000000000000000000000000000000e-30")]
    [InlineData("\"\\u0034\\u0032\"")]
    [InlineData("\"\\t42\\n\"")]
    public void A_whole_number_is_taken_however_it_is_written(string json) =>
        Assert.Equal(42, Read.As<Aged>($$"""{"age":{{json}}}""").Value!.Age);

    [Theory]
    [InlineData("0e999999999")]
    [InlineData("-0")]
    [InlineData("0.0e-5")]
    [InlineData("\"-0.00\"")]
    public void Zero_is_taken_however_it_is_written(string json) =>
        Assert.Equal(0, Read.As<Aged>($$"""{"age":{{json}}}""").Value!.Age);

    [Theory]
    [InlineData("\"NaN\"", "type")]
    [InlineData("\"x\"", "type")]
    [InlineData("\"４２\"", "type")]
    [InlineData("\"0x2a\"", "type")]
    [InlineData("\"1,000\"", "type")]
    [InlineData("\"+5\"", "type")]
    [InlineData("\"042\"", "type")]
    [InlineData("\"42.\"", "type")]
    [InlineData("\".5\"", "type")]
    [InlineData("\"4 2\"", "type")]
    [InlineData("\"Infinity\"", "type")]
    [InlineData("42.5", "type")]
    [InlineData("42e-1", "type")]
    [InlineData("1e-1000000000", "type")]
    [InlineData("true", "type")]
    [InlineData("[42]", "type")]
    [InlineData("{}", "type")]
    [InlineData("\"\"", "required")]
    [InlineData("\"  \"", "required")]
    [InlineData("null", "required")]
    [InlineData("99999999999", "range")]
    [InlineData("-2147483649", "range")]
    [InlineData("1e400", "range")]
    [InlineData("1e1000000000", "range")]
    [InlineData("1e99999999999999999999999", "range")]
    public void What_is_no_whole_number_is_refused_by_its_rule(string json, string rule)
    {
        var reading = Read.As<Aged>($$"""{"age":{{json}}}""");
        Assert.Equal([$"/age {rule}"], reading.Rules);
        Assert.True(reading.Readable);
    }

    [Fact]
    public void A_missing_number_is_required() => Assert.Equal(["/age required"], Read.As<Aged>("{}").Rules);

    [Theory]
    [InlineData("""{"weight":1e400}""", "/weight")]
    [InlineData("""{"length":1e39}""", "/length")]
    [InlineData("""{"share":70000}""", "/share")]
    [InlineData("""{"price":1e29}""", "/price")]
    [InlineData("""{"weight":"-1e400"}""", "/weight")]
    public void What_would_turn_into_infinity_is_out_of_range(string json, string key) => Assert.Equal([$"{key} range"], Read.As<Weighed>(json).Rules);

    [Fact]
    public void Fractions_are_taken_as_numbers_and_as_text() =>
        Assert.Equal(new Weighed(1.5, 2.5f, (Half)0.5, 1.10m), Read.As<Weighed>("""{"weight":"1.5","length":2.5,"share":" 5e-1 ","price":"1.10"}""").Value);

    [Fact]
    public void Each_size_is_held()
    {
        Assert.Equal(
            new Sized(255, -128, -32768, 65535, 4294967295, long.MinValue, ulong.MaxValue),
            Read.As<Sized>("""{"b":255,"sb":-128,"s":-32768,"us":65535,"ui":4294967295,"l":-9223372036854775808,"ul":18446744073709551615}""").Value);
        Assert.Equal(
            ["/b range", "/sb range", "/s range", "/us range", "/ui range", "/l range", "/ul range"],
            Read.As<Sized>("""{"b":256,"sb":-129,"s":32768,"us":-1,"ui":4294967296,"l":9223372036854775808,"ul":18446744073709551616}""").Rules);
    }

    [Fact]
    public void An_error_tells_what_is_wanted_and_the_kind_that_came_but_never_the_value()
    {
        var error = Assert.Single(Read.As<Aged>("""{"age":"hunter2"}""").Errors);
        Assert.Equal("Must be a whole number, but other text came.", error.Message);
    }
}
