using System.Text;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Probing.Input;

namespace Roadworthy.Inspection.Tests.Probing.Input;

public sealed class RawBodyTests
{
    private static readonly Call Works = new()
    {
        Operation = new ApiOperation { Method = "POST", Path = "/orders" },
        MediaType = "application/json",
        Body = JsonNode.Parse("""{"items":[{"sku":"A","quantity":2}],"note":"x"}"""),
    };

    [Theory]
    [InlineData("/items/0/quantity", "1e400", """{"items":[{"sku":"A","quantity":1e400}],"note":"x"}""")]
    [InlineData("/note", "\"\\ud800\"", """{"items":[{"sku":"A","quantity":2}],"note":"\ud800"}""")]
    [InlineData("/items/0/sku", null, """{"items":[{"quantity":2}],"note":"x"}""")]
    [InlineData("", "{\"a\":", "{\"a\":")]
    public void One_value_is_replaced_as_it_stands_and_the_rest_goes_out_as_it_was(string at, string? raw, string expected)
    {
        var request = RawBody.With(Works, at, raw).ToRequest("", new Identity { Name = "A" });
        Assert.Equal(expected, Encoding.UTF8.GetString(request.Body!));
    }

    [Theory]
    [InlineData("""{"error":"Invalid request"}""", false)]
    [InlineData("", false)]
    [InlineData("""{"errors":{"priceCents":["bad"]}}""", true)]
    [InlineData("""{"message":"The price has to be a number"}""", true)]
    [InlineData("""{"message":"invalid input syntax: \"abcde\""}""", true)]
    public void A_refusal_names_its_field_by_name_word_or_value(string answer, bool names)
    {
        var field = new BodyField("/priceCents", "priceCents", FieldKind.Integer, 3, Schema: null, Required: true);
        var response = new WireResponse(400, [], Encoding.UTF8.GetBytes(answer), Truncated: false);
        Assert.Equal(names, Naming.Names(response, field, new Change("word", "\"abcde\"", "")));
    }
}
