using System.Globalization;
using System.Text;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Api.OpenApi;

namespace Roadworthy.Inspection.Tests.Api;

public sealed class OpenApiFuzzTests
{
    private const string Document = """
        {"openapi":"3.0.1","info":{"title":"t","version":"1"},"servers":[{"url":"/v1"}],"components":{"schemas":{"A":{"type":"object","required":["b"],"properties":{"b":{"$ref":"#/components/schemas/B"},"n":{"type":"integer","minimum":1,"enum":[1,2]}}},
        "B":{"oneOf":[{"$ref":"#/components/schemas/A"},{"type":"string","pattern":"^a+$"}],"discriminator":{"propertyName":"k","mapping":{"a":"#/components/schemas/A"}}}},"securitySchemes":{"s":{"type":"oauth2","flows":{"password":{"tokenUrl":"/token","scopes":{}}}}}},
        "paths":{"/a/{id}":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],"post":{"tags":["a"],"security":[{"s":[]}],"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"},"example":{"b":"x"}}}},"responses":{"200":{"description":"ok"}}}}}}
        """;

    private static readonly string[] Nasty = ["null", "[]", "{}", "\"\"", "1e999", "-1", "true", "\"#/components/schemas/A\"", "{\"$ref\":\"#/paths\"}", "{\"$ref\":\"#\"}", "{\"$ref\":7}", "\"\\u0000\"", "\"\\ud800\"", "[[[[1]]]]"];

    [Fact]
    public void Whatever_is_changed_in_a_document_it_is_read_or_refused_in_words()
    {
        var random = new Random(7);
        for (var round = 0; round < 1500; round++)
        {
            var text = new StringBuilder(Document);
            for (var change = 0; change <= random.Next(3); change++) Change(text, random);
            ReadOrRefuse(text.ToString());
        }
    }

    [Fact]
    public void Every_beginning_of_a_document_is_read_or_refused_in_words()
    {
        for (var length = 0; length < Document.Length; length += 5) ReadOrRefuse(Document[..length]);
    }

    [Fact]
    public void Ten_megabytes_are_read_and_more_operations_than_anybody_has_are_cut()
    {
        var text = new StringBuilder("""{"openapi":"3.0.0","paths":{""");
        for (var n = 0; text.Length < 10 * 1024 * 1024; n++)
            text.Append(CultureInfo.InvariantCulture, $"{(n > 0 ? "," : "")}\"/thing{n}/{{id}}\":{{\"get\":{{\"summary\":\"{new string('x', 700)}\",\"responses\":{{\"200\":{{\"description\":\"ok\"}}}}}}}}");
        var description = OpenApiReader.Read(text.Append("}}").ToString(), "large.json");
        Assert.Equal(5000, description.Operations.Count);
    }

    [Theory]
    [InlineData("{\"a\":", "}")]
    [InlineData("[", "]")]
    public void Nesting_without_end_is_refused(string open, string close) =>
        Assert.Throws<DescriptionException>(() => OpenApiReader.Read("{\"paths\":{\"/a\":{\"get\":" + string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000)) + "}}}", "deep.json"));

    [Fact]
    public void Aliases_that_multiply_are_refused_or_bounded()
    {
        var text = new StringBuilder("openapi: 3.0.0\npaths: { /a: { get: {} } }\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var n = 1; n < 12; n++) text.Append(CultureInfo.InvariantCulture, $"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n");
        ReadOrRefuse(text.ToString());
    }

    [Fact]
    public void Hostile_names_are_names()
    {
        var description = OpenApiReader.Read("""{"openapi":"3.0.0","paths":{"/../../etc/{a b}/{%00}":{"get":{"operationId":"<script>","tags":["\u001b[31m"]}},"/'; DROP TABLE x; --":{"get":{}}}}""", "hostile.json");
        Assert.Equal(2, description.Operations.Count);
    }

    private static void Change(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length);
        switch (random.Next(4))
        {
            case 0: text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at)); break;
            case 1: text.Insert(at, Nasty[random.Next(Nasty.Length)]); break;
            case 2: text[at] = (char)random.Next(1, 128); break;
            default:
                var value = text.ToString().IndexOf(':', at);
                if (value < 0) return;
                var end = text.ToString().IndexOfAny([',', '}', ']'], value);
                if (end > value) text.Remove(value + 1, end - value - 1).Insert(value + 1, Nasty[random.Next(Nasty.Length)]);
                break;
        }
    }

    private static void ReadOrRefuse(string text)
    {
        try
        {
            OpenApiReader.Read(text, "fuzz.json");
        }
        catch (DescriptionException e)
        {
            Assert.Contains("fuzz.json", e.Message, StringComparison.Ordinal);
        }
    }
}
