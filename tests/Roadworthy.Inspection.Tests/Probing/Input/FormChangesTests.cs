using System.Text;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Probing.Input;

namespace Roadworthy.Inspection.Tests.Probing.Input;

public sealed class FormChangesTests
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data";

    [Theory]
    [InlineData("word", "name=Ada&age=abc")]
    [InlineData("empty", "name=Ada&age=")]
    [InlineData("missing", "name=Ada")]
    [InlineData("big", "name=Ada&age=3000000000")]
    [InlineData("nul", "name=Ada&age=a%00b")]
    [InlineData("bytes", "name=Ada&age=a%FFb")]
    [InlineData("brackets", "name=Ada&age%5Ba%5D=34")]
    [InlineData("twice", "name=Ada&age=34&age=34")]
    public void One_field_of_a_form_is_changed_and_the_others_go_out_as_they_were(string change, string expected) =>
        Assert.Equal(expected, Encoding.ASCII.GetString(Sent(UrlEncoded, """{"name":"Ada","age":34}""", "age", change)));

    [Theory]
    [InlineData("missing", false, "")]
    [InlineData("no-bytes", true, "")]
    [InlineData("no-file", false, "abc")]
    public void A_file_is_left_out_emptied_or_no_file(string change, bool isFile, string content)
    {
        var body = new JsonObject { ["caption"] = "Ada", ["image"] = FormBody.Picture };
        var text = Encoding.Latin1.GetString(Sent(Multipart, body.ToJsonString(), "image", change));
        Assert.Contains("name=\"caption\"\r\n\r\nAda\r\n", text, StringComparison.Ordinal);
        Assert.Equal(isFile, text.Contains("filename=", StringComparison.Ordinal));
        Assert.Equal(change != "missing", text.Contains($"\r\n\r\n{content}\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_form_can_not_hold_is_not_tried_in_one()
    {
        var call = Call(UrlEncoded, """{"age":34}""");
        Assert.DoesNotContain(FormChanges.Of(BodyField.Of(call).Single(), isPartial: false), change => change.Expects is Expectation.TextForValue || change.Id is "object" or "list" or "null" or "surrogate");
    }

    private static byte[] Sent(string type, string body, string name, string change)
    {
        var call = Call(type, body);
        var field = BodyField.Of(call).Single(each => each.Name == name);
        return FormChanges.With(call, field, FormChanges.Of(field, isPartial: false).Single(each => each.Id == change)).ToRequest("", new Identity { Name = "A" }).Body!;
    }

    private static Call Call(string type, string body)
    {
        var schema = new Schema
        {
            Types = SchemaTypes.Object,
            Properties =
            {
                ["name"] = new Schema { Types = SchemaTypes.String }, ["age"] = new Schema { Types = SchemaTypes.Integer },
                ["caption"] = new Schema { Types = SchemaTypes.String }, ["image"] = new Schema { Types = SchemaTypes.String, Format = "binary" },
            },
            Required = { "age" },
        };
        return new Call
        {
            Operation = new ApiOperation { Method = "POST", Path = "/people", Body = new ApiBody(true, new Dictionary<string, Schema>(StringComparer.Ordinal) { [type] = schema }) },
            MediaType = type,
            Body = JsonNode.Parse(body),
        };
    }
}
