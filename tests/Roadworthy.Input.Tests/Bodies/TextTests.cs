using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Bodies;

/// <summary>What text may hold, and where a document ends.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("""{"text":"a\u0000"}""", "/text text")]
    [InlineData("""{"extra":"\u0000"}""", "/extra text")]
    [InlineData("""{"extra":{"deep":["\u0000"]}}""", "/extra/deep/0 text")]
    [InlineData("""{"element":{"a":"\u0000"}}""", "/element/a text")]
    [InlineData("""{"tags":{"\u0000":"x"}}""", "/tags/\0 text")]
    [InlineData("""{"\u0000":1}""", "/\0 text")]
    [InlineData("""{"text":"\ud800"}""", "/text text")]
    [InlineData("""{"text":"\udc00\ud800"}""", "/text text")]
    [InlineData("""{"text":"\ud83dx\ude00"}""", "/text text")]
    [InlineData("""{"text":"\ud83d\n\ude00"}""", "/text text")]
    [InlineData("""{"text":"\ud83d\ud83d\ude00"}""", "/text text")]
    [InlineData("""{"\ud83d":1}""", "/\uFFFD text")]
    [InlineData("""{"\u0000\ud83d":1}""", "/\uFFFD text")]
    [InlineData("""{"tags":{"\ud83d\u0000":"x"}}""", "/tags/\uFFFD text")]
    [InlineData("""{"text":"\u0000\ud83d"}""", "/text text")]
    public void Text_that_no_database_holds_is_refused_wherever_it_stands(string json, string error)
    {
        Assert.Equal([error], Read.As<Texts>(json).Rules);
        Assert.Equal([error], Read.As<Collecting>(json).Rules);
    }

    [Theory]
    [InlineData("""{"text":"\ud83d\ude00"}""", "😀")]
    [InlineData("""{"text":"😀\u0001\uFFFF"}""", "😀\u0001\uFFFF")]
    [InlineData("""{"text":"\\u0000"}""", "\\u0000")]
    [InlineData("""{"text":"\\\ud83d\ude00\\ud800"}""", "\\😀\\ud800")]
    [InlineData("""{"text":"  kept  "}""", "  kept  ")]
    public void Other_text_is_taken_as_it_came(string json, string text)
    {
        var reading = Read.As<Texts>(json);
        Assert.Equal(text, reading.Value!.Text);
        Assert.Equal(json, reading.Document);
    }

    [Theory]
    [InlineData(" a b ", "a b")]
    [InlineData("\\u00a0\\ta\\n", "a")]
    [InlineData("\u3000a\\\"b ", "a\"b")]
    [InlineData("a", "a")]
    [InlineData("  ", "")]
    public void Text_is_trimmed_where_that_is_declared(string text, string trimmed) =>
        Assert.Equal(trimmed, Read.As<Texts>($$"""{"trimmed":"{{text}}"}""").Value!.Trimmed);

    [Theory]
    [InlineData("""{"text":5}""", "Must be text, but a number came.")]
    [InlineData("""{"text":true}""", "Must be text, but true or false came.")]
    [InlineData("""{"text":[]}""", "Must be text, but a list came.")]
    [InlineData("""{"text":{}}""", "Must be text, but an object came.")]
    [InlineData("""{"tags":"x"}""", "Must be an object, but text came.")]
    public void Another_kind_is_named(string json, string message) => Assert.Equal(message, Assert.Single(Read.As<Texts>(json).Errors).Message);

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused_with_their_offset()
    {
        var error = Assert.Single(Read.As<Texts>([.. "{\"text\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]).Errors);
        Assert.Equal(("", "encoding", "Must be text in UTF-8, but the bytes at offset 9 are none."), (error.Key, error.Rule, error.Message));
    }

    [Fact]
    public void A_truncated_body_tells_what_was_wrong_before_and_where_it_ends()
    {
        var reading = Read.As<Basket>("""{"count":"x","items":[{"quantity":1,"sku":"a"},{"sku":5,"quantity":2},{"sku":"b","quantity":1},{"sku":"c" """);
        Assert.Equal(["/count type", "/items/1/sku type", "/items/3 syntax"], [.. reading.Rules.Select(rule => rule.Replace("/items/3/sku", "/items/3", StringComparison.Ordinal))]);
        Assert.Contains("ends too early", reading.Errors[^1].Message, StringComparison.Ordinal);
        Assert.Contains("line 1", reading.Errors[^1].Message, StringComparison.Ordinal);
        Assert.False(reading.Readable);
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("{\"element\":{", "/element")]
    [InlineData("{\"tags\":{\"a\":\"b\",", "/tags/a")]
    [InlineData("[", "")]
    public void A_body_that_ends_before_a_name_is_named_as_far_as_it_is_known(string json, string key) =>
        Assert.Equal([$"{key} syntax"], json[0] == '[' ? Read.As<List<int>>(json).Rules : Read.As<Texts>(json).Rules);

    [Theory]
    [InlineData("{\n\"text\":}", "what stands at line 2, byte 8 is none")]
    [InlineData("{\"text\":\"a\nb\"}", "what stands at line 1")]
    [InlineData("{\"text\":\"abc", "ends too early")]
    [InlineData("{\"text\":tru", "ends too early")]
    [InlineData("{} x", "what stands at line 1, byte 4 is none")]
    [InlineData("{\"text\":\"a\",}", "what stands at line 1")]
    [InlineData("   ", "ends too early")]
    [InlineData("{\"text\":\"\\ud8\"}", "what stands at line 1")]
    [InlineData("nonsense", "what stands at line 1, byte")]
    public void A_fault_of_syntax_says_where(string json, string part)
    {
        var error = Assert.Single(Read.As<Texts>(json).Errors, error => error.Rule == "syntax");
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_the_report_goes_on_behind_it()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        var reading = Read.As<Basket>($$"""{"unknown":{{deep}},"count":"x","items":[]}""");
        Assert.Equal(["/unknown" + string.Concat(Enumerable.Repeat("/0", 63)) + " depth", "/count type"], reading.Rules);
    }

    [Fact]
    public void As_deep_as_the_host_allows_is_taken()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { MaxDepth = 4 };
        Assert.Empty(Read.As<Collecting>("""{"x":{"y":[[1]]}}""", options).Errors);
        Assert.NotNull(Read.As<Collecting>("""{"x":{"y":[[1]]}}""", options).Value);
        Assert.Equal(["/x/y/0/0 depth"], Read.As<Collecting>("""{"x":{"y":[[[]]]}}""", options).Rules);
    }

    [Fact]
    public void Names_are_escaped_in_pointers_and_cut_when_they_are_long()
    {
        Assert.Equal(["/tags/a~1b~0c type"], Read.As<Texts>("""{"tags":{"a/b~c":5}}""").Rules);
        var error = Assert.Single(Read.As<Texts>($$$"""{"tags":{"{{{new string('n', 100_000)}}}":5}}""").Errors);
        Assert.Equal($"/tags/{new string('n', 200)}...", error.Key);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_the_hosts_choice()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        Assert.Equal(3, Read.As<Basket>("""/*a*/{"count":"3",/*b*/"items":[],}""", options).Value!.Count);
        Assert.Equal(["/count syntax"], Read.As<Basket>("""{"count":3,/*b*/"items":[]}""").Rules);
    }

    internal sealed class Texts
    {
        public string? Text { get; set; }

        [Trimmed]
        public string? Trimmed { get; set; }

        public JsonElement Element { get; set; }

        public Dictionary<string, string>? Tags { get; set; }
    }

    internal sealed class Collecting
    {
        public string? Text { get; set; }

        public object? Element { get; set; }

        public Dictionary<string, object>? Tags { get; set; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Rest { get; set; }
    }

    internal sealed record Line(string Sku, int Quantity);

    internal sealed record Basket(int Count, List<Line> Items);
}
