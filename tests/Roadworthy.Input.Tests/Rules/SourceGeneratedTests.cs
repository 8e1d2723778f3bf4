using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roadworthy.Input.Tests.Rules;

public sealed class SourceGeneratedTests
{
    [Fact]
    public async Task A_generated_description_has_the_same_rules() =>
        Assert.Equal(["/lines/0/quantity range", "/name minLength"], (await RuleRun.New.OnAsync(Context.Default.GeneratedOrder, """{"name":"a","lines":[{"quantity":0}]}""")).Found.Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_generated_description_is_relaxed_where_members_are_cut() =>
        Assert.Equal(["/lines/0/quantity range"], (await RuleRun.New.Unread("/name").OnAsync(Context.Default.GeneratedOrder, """{"lines":[{"quantity":0}]}""")).Found);
}

public sealed record GeneratedLine([Range(1, 5)] int Quantity);

public sealed class GeneratedOrder
{
    [MinLength(2)]
    public required string Name { get; set; }

    public required List<GeneratedLine> Lines { get; set; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GeneratedOrder))]
internal sealed partial class Context : JsonSerializerContext;
