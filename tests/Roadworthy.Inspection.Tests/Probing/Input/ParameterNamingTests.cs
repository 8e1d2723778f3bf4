using System.Text;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Probing.Input;

namespace Roadworthy.Inspection.Tests.Probing.Input;

public sealed class ParameterNamingTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("""{"error":"Invalid request"}""", false)]
    [InlineData("""{"message":"Bad Request","statusCode":400,"path":"/api/orders?page=abc"}""", false)]
    [InlineData("""{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"Bad Request","status":400,"traceId":"00-9abc1d-abc-00"}""", false)]
    [InlineData("<html><head><title>400 Bad Request</title></head></html>", false)]
    [InlineData("""{"errors":{"query:page":["not a whole number"]}}""", true)]
    [InlineData("""{"issues":[{"path":["page"],"message":"no"}]}""", true)]
    [InlineData("""{"error":"'abc' is not valid"}""", true)]
    [InlineData("""{"message":"Validation failed (numeric string is expected)"}""", true)]
    [InlineData("""{"error":"Bad pagination"}""", true)]
    public void A_refusal_of_an_address_tells_by_name_value_or_what_a_value_has_to_be(string answer, bool tells) =>
        Assert.Equal(tells, ParameterNaming.Tells(new WireResponse(400, [], Encoding.UTF8.GetBytes(answer), Truncated: false), "page", "abc"));

    [Theory]
    [InlineData("""{"error":"Invalid request"}""", false)]
    [InlineData("""{"error":"Invalid ID"}""", true)]
    public void A_short_name_is_a_word_of_its_own(string answer, bool tells) =>
        Assert.Equal(tells, ParameterNaming.Tells(new WireResponse(400, [], Encoding.UTF8.GetBytes(answer), Truncated: false), "id", "abc"));
}
