using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roadworthy.Input.Tests.Rules;

public sealed class ObjectRuleTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Name", "/full_name")]
    [InlineData("full_name", "/full_name")]
    [InlineData("name", "/full_name")]
    [InlineData("Lines[1].Quantity", "/lines/1/quantity")]
    [InlineData("Lines[1]", "/lines/1")]
    [InlineData("Lines[7].Quantity", "/lines")]
    [InlineData("Lines[x", "/lines")]
    [InlineData("Tags[a/b].Quantity", "/tags/a~1b/quantity")]
    [InlineData("Tags[\"a/b\"].Quantity", "/tags/a~1b/quantity")]
    [InlineData("Tags[0].Quantity", "/tags")]
    [InlineData("Nonsense", "")]
    [InlineData("Hidden", "")]
    [InlineData("Lines[1].Nonsense", "/lines/1")]
    [InlineData("Shape.Radius", "/shape/radius")]
    [InlineData("..", "")]
    public async Task A_members_path_becomes_its_pointer_as_far_as_it_leads(string path, string at)
    {
        var json = """{"says":$path,"lines":[{},{}],"tags":{"a/b":{}},"shape":{"$type":"c"}}""".Replace("$path", JsonSerializer.Serialize(path), StringComparison.Ordinal);
        Assert.Equal([$"{at} rule"], (await RuleRun.New.OnAsync<Speaker>(json)).Found);
    }

    [Fact]
    public async Task Several_members_are_each_told_and_a_result_of_success_is_none() =>
        Assert.Equal(["/a rule", "/b rule", " rule"], (await RuleRun.New.OnAsync<Several>("{}")).Found);

    [Fact]
    public async Task A_pointer_starts_at_the_object_that_speaks() =>
        Assert.Equal(["/1/a rule", "/1/b rule", "/1 rule"], (await RuleRun.New.OnAsync<List<Several>>("""[{"fine":true},{}]""")).Found);

    [Fact]
    public async Task An_attribute_on_the_type_comes_before_the_objects_own_rule_and_silences_it()
    {
        Assert.Equal([" even"], (await RuleRun.New.OnAsync<Typed>("""{"n":1}""")).Found);
        Assert.Equal([" rule"], (await RuleRun.New.OnAsync<Typed>("""{"n":2}""")).Found);
        Assert.Equal(["/n range"], (await RuleRun.New.OnAsync<Typed>("""{"n":11}""")).Found);
    }

    [Fact]
    public async Task An_objects_rule_is_silent_while_something_below_it_is_broken() =>
        Assert.Equal(["/inner/n range"], (await RuleRun.New.OnAsync<Outer>("""{"inner":{"n":11}}""")).Found);

    [Fact]
    public async Task An_exception_is_the_applications_fault_but_a_validation_exception_is_an_error()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RuleRun.New.OnAsync<Exploding>("""{"n":1}"""));
        Assert.Equal(["/n rule"], (await RuleRun.New.OnAsync<Exploding>("""{"n":2}""")).Found);
    }

    [Fact]
    public async Task A_result_without_words_gets_some() =>
        Assert.Equal("Breaks the rule 'rule'.", Assert.Single((await RuleRun.New.OnAsync<Exploding>("""{"n":3}""")).Errors).Message);

    private sealed class Speaker : IValidatableObject
    {
        public string? Says { get; set; }

        [JsonPropertyName("full_name")]
        public string? Name { get; set; }

        [JsonIgnore]
        public string? Hidden { get; set; }

        public List<Line> Lines { get; set; } = [];

        public Dictionary<string, Line> Tags { get; set; } = [];

        public Shape? Shape { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [new ValidationResult("No.", [Says!])];
    }

    private sealed class Line
    {
        public int Quantity { get; set; }
    }

    [JsonDerivedType(typeof(Circle), "c")]
    private abstract class Shape;

    private sealed class Circle : Shape
    {
        public int Radius { get; set; }
    }

    private sealed class Several : IValidatableObject
    {
        public bool Fine { get; set; }

        public int A { get; set; }

        public int B { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            yield return ValidationResult.Success!;
            if (Fine) yield break;
            yield return new ValidationResult("No.", [nameof(A), nameof(B)]);
            yield return new ValidationResult("No.");
        }
    }

    [Even]
    private sealed class Typed : IValidatableObject
    {
        [Range(0, 10)]
        public int N { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [new ValidationResult("Never.")];
    }

    private sealed class Outer : IValidatableObject
    {
        public Typed? Inner { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [new ValidationResult("Never.")];
    }

    private sealed class Exploding : IValidatableObject
    {
        public int N { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => N switch
        {
            1 => throw new InvalidOperationException(),
            2 => throw new ValidationException(new ValidationResult("No.", [nameof(N)]), null, null),
            _ => [new ValidationResult(null)],
        };
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class EvenAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => value is Typed typed && typed.N % 2 == 0;
    }
}
