using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Probing.Input;

namespace Roadworthy.Inspection.Tests.Probing.Input;

public sealed class ChangeTests
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void What_all_recorded_requests_had_may_be_left_out_and_what_a_description_requires_may_not(bool isLearned, bool isForbidden)
    {
        var schema = new Schema { Types = SchemaTypes.Object, Properties = { ["title"] = new Schema { Types = SchemaTypes.String } }, Required = { "title" } };
        var operation = new ApiOperation { Method = "PUT", Path = "/articles/{id}", IsLearned = isLearned, Body = new ApiBody(true, new Dictionary<string, Schema> { ["application/json"] = schema }) };
        var field = BodyField.Of(new Call { Operation = operation, MediaType = "application/json", Body = JsonNode.Parse("""{"title":"Ada"}""") }).Single();
        // Left out it still may crash.
        var missing = Change.Of(field, operation).Single(change => change.Id == "missing");
        Assert.Equal(isForbidden, missing.Expects is Expectation.Refused);
    }
}
