using System.Text.Json.Nodes;
using Roadworthy.Inspection.Probing.Input;

namespace Roadworthy.Inspection.Tests.Probing.Input;

public sealed class KeptTests
{
    [Theory]
    [InlineData(FieldKind.Integer, "\"42\"", "42", true)]
    [InlineData(FieldKind.Integer, "\"42.0\"", "42", true)]
    [InlineData(FieldKind.Integer, "1.5", "1", false)]
    [InlineData(FieldKind.Number, "19.99", "19.9900", true)]
    [InlineData(FieldKind.Boolean, "\"false\"", "true", false)]
    [InlineData(FieldKind.Boolean, "\"false\"", "f", true)]
    [InlineData(FieldKind.Instant, "\"2030-05-17T18:00:00+01:00\"", "2030-05-17T17:00:00.000Z", true)]
    [InlineData(FieldKind.Instant, "\"2030-05-17T18:00:00+01:00\"", "2030-05-17 18:00:00", false)]
    [InlineData(FieldKind.Date, "\"2030-05-17\"", "2030-05-17T00:00:00.000Z", true)]
    [InlineData(FieldKind.Date, "\"2030-05-17\"", "2030-05-16T22:00:00.000Z", false)]
    [InlineData(FieldKind.Text, "\" Ada@Example.com \"", "ada@example.com", true)]
    [InlineData(FieldKind.Text, "\"Ada\"", "[object Object]", false)]
    public void What_is_read_back_is_the_same_but_for_what_a_reader_may_do(object kind, string sent, string back, bool isSame) =>
        Assert.Equal(isSame, Kept.IsSame((FieldKind)kind, JsonNode.Parse(sent)!, back));

    [Theory]
    [InlineData(FieldKind.Text, "surrogate", "a\uFFFDb", true)]
    [InlineData(FieldKind.Text, "surrogate", "ab", false)]
    [InlineData(FieldKind.Text, "nul", "ab", false)]
    [InlineData(FieldKind.Text, "nul", "a", true)]
    [InlineData(FieldKind.Text, "object", "[object Object]", true)]
    [InlineData(FieldKind.Text, "object", "{\"a\":1}", false)]
    [InlineData(FieldKind.Integer, "word", null, true)]
    [InlineData(FieldKind.Integer, "object", "0", true)]
    public void What_is_kept_as_something_else_is_told_from_what_is_only_cleaned(object kind, string change, string? back, bool isOther)
    {
        var field = new BodyField("/x", "x", (FieldKind)kind, (FieldKind)kind is FieldKind.Text ? "Ada" : 3, Schema: null, Required: true);
        Assert.Equal(isOther, Kept.IsOther(field, Change.Of(field, isPartial: false).Single(each => each.Id == change), back));
    }
}
