using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roadworthy.Input.Tests.Rules;

/// <summary>Bodies of which the reader has cut members, or put placeholders for elements.</summary>
public sealed class BrokenBodyTests
{
    [Fact]
    public async Task Rules_speak_of_what_could_be_read_beside_what_could_not()
    {
        var outcome = await RuleRun.New.Unread("/count").OnAsync<Order>("""{"name":"n","lines":[{"quantity":0}]}""");
        Assert.Equal(["/lines/0/quantity range"], outcome.Found);
    }

    [Fact]
    public async Task A_member_that_could_not_be_read_has_no_further_errors_nor_has_anything_below_it()
    {
        var outcome = await RuleRun.New.Unread("/lines/0").Unread("/count").OnAsync<Order>("""{"name":"n","lines":[{"quantity":0},{"quantity":9}]}""");
        Assert.Equal(["/lines/1/quantity range"], outcome.Found);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_body_that_could_not_be_read_at_all() => Assert.Empty((await RuleRun.New.Unread("").OnAsync<Order>("null")).Found);

    [Fact]
    public async Task An_error_of_a_parameter_leaves_the_body_whole() =>
        Assert.Equal(["/end rule"], (await RuleRun.New.Unread("query:limit").OnAsync<Span>("""{"start":2,"end":1}""")).Found);

    [Fact]
    public async Task Whatever_the_host_insists_on_does_not_keep_the_rest_from_being_checked()
    {
        var options = new JsonSerializerOptions(RuleRun.Web)
        {
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        var run = RuleRun.New.Unread("/name").Unread("/unknown").Unread("/text").Unread("/id");
        var outcome = await run.OnAsync<Strict>("""{"unknown":1,"text":null,"number":0}""", options);
        Assert.Equal(["/number range"], outcome.Found);
    }

    [Fact]
    public async Task A_constructor_that_can_not_do_without_what_was_cut_is_no_failure() =>
        Assert.Empty((await RuleRun.New.Unread("/name").OnAsync<Fussy>("""{"number":0}""")).Found);

    [Fact]
    public async Task A_rule_across_members_waits_until_they_could_all_be_read()
    {
        Assert.Equal(["/confirm compare"], (await RuleRun.New.OnAsync<Twice>("""{"first":"a","confirm":"b"}""")).Found);
        Assert.Empty((await RuleRun.New.Unread("/first").OnAsync<Twice>("""{"confirm":"b"}""")).Found);
        Assert.Equal(["/end after"], (await RuleRun.New.OnAsync<Custom>("""{"start":3,"end":2,"odd":1}""")).Found);
        Assert.Empty((await RuleRun.New.Unread("/start").OnAsync<Custom>("""{"end":-2,"odd":1}""")).Found);
    }

    [Fact]
    public async Task An_applications_own_attribute_that_looks_at_the_value_alone_does_not_wait() =>
        Assert.Equal(["/odd odd"], (await RuleRun.New.Unread("/start").OnAsync<Custom>("""{"end":2,"odd":2}""")).Found);

    [Theory]
    [InlineData("/end")]
    [InlineData("/inner/number")]
    [InlineData("/unknown")]
    public async Task An_objects_own_rules_wait_until_all_of_it_could_be_read(string unread) =>
        Assert.Empty((await RuleRun.New.Unread(unread).OnAsync<Span>("""{"start":2,"end":1}""")).Found);

    [Fact]
    public async Task A_list_is_as_long_as_it_came_whatever_of_it_could_be_read_and_of_anything_else_that_is_not_known()
    {
        var outcome = await RuleRun.New.Unread("/list/0").Unread("/map/a").OnAsync<Counted>("""{"list":[0,1],"map":{}}""");
        Assert.Equal(["/list maxLength"], outcome.Found);
        Assert.Equal(["/map minLength"], (await RuleRun.New.OnAsync<Counted>("""{"list":[0],"map":{}}""")).Found);
    }

    [Fact]
    public async Task An_object_in_order_is_checked_as_a_whole_beside_one_that_is_not()
    {
        var outcome = await RuleRun.New.Unread("/0/start").OnAsync<List<Span>>("""[{"end":1},{"start":2,"end":1}]""");
        Assert.Equal(["/1/end rule"], outcome.Found);
    }

    [Fact]
    public async Task A_computed_member_waits_until_all_of_its_object_could_be_read()
    {
        Assert.Equal(["/total range"], (await RuleRun.New.OnAsync<Computed>("""{"names":["a","b"]}""")).Found);
        Assert.Empty((await RuleRun.New.Unread("/names").OnAsync<Computed>("{}")).Found);
    }

    private sealed record Line([Range(1, 5)] int Quantity);

    private sealed class Order
    {
        [Required]
        public required string Name { get; set; }

        [Range(1, 5)]
        public int Count { get; set; }

        public List<Line> Lines { get; set; } = [];
    }

    private sealed class Span : IValidatableObject
    {
        public int Start { get; set; }

        public int End { get; set; }

        public Line? Inner { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (End < Start) yield return new ValidationResult("Must not end before it starts.", [nameof(End)]);
        }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Strict(string Name, string Text, [Range(1, 5)] int Number)
    {
        public required Guid Id { get; init; }
    }

    private sealed class Fussy(string name, int number)
    {
        public string Name { get; } = name.Trim();

        [Range(1, 5)]
        public int Number { get; } = number;
    }

    private sealed class Twice
    {
        public string? First { get; set; }

        [Compare(nameof(First))]
        public string? Confirm { get; set; }
    }

    private sealed class Custom
    {
        public int Start { get; set; }

        [After]
        public int End { get; set; }

        [Odd]
        public int Odd { get; set; }
    }

    private sealed class Counted
    {
        [MaxLength(1)]
        public List<int>? List { get; set; }

        [MinLength(1)]
        public Dictionary<string, int>? Map { get; set; }
    }

    private sealed class Computed
    {
        public List<string> Names { get; set; } = null!;

        [Range(0, 1)]
        public int Total => Names.Count;
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    private sealed class AfterAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
            (int)value! < ((Custom)validationContext.ObjectInstance).Start ? new ValidationResult("Too early.") : ValidationResult.Success;
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    private sealed class OddAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => (int)value! % 2 == 1;
    }
}
