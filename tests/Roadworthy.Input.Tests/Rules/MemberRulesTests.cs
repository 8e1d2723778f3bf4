using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Roadworthy.Input.Tests.Rules;

public sealed class MemberRulesTests
{
    [Fact]
    public async Task A_members_attribute_is_listed_under_its_json_name_with_its_own_message()
    {
        var outcome = await RuleRun.New.OnAsync<Named>("""{"unit_price":0,"quantity":7}""");
        Assert.Equal(["/unit_price range", "/quantity range"], outcome.Found);
        Assert.Equal("The field unit_price must be between 1 and 5.", outcome.Errors[0].Message);
        Assert.Equal("The field How many must be between 1 and 5.", outcome.Errors[1].Message);
    }

    [Fact]
    public async Task A_body_in_order_has_no_errors() => Assert.Empty((await RuleRun.New.OnAsync<Named>("""{"unit_price":1,"quantity":5}""")).Errors);

    [Fact]
    public async Task An_attribute_on_a_positional_records_parameter_counts_and_one_on_its_property_too() =>
        Assert.Equal(["/quantity range", "/sku stringLength"], (await RuleRun.New.OnAsync<Positional>("""{"quantity":0,"sku":"abcdef"}""")).Found);

    [Fact]
    public async Task Inherited_and_overridden_members_and_fields_keep_their_attributes()
    {
        var options = new JsonSerializerOptions(RuleRun.Web) { IncludeFields = true };
        var outcome = await RuleRun.New.OnAsync<Derived>("""{"plain":0,"changed":0,"field":0}""", options);
        Assert.Equal(["/changed range", "/field range", "/plain range"], outcome.Found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"name":""}""", "/name required")]
    [InlineData("""{"name":"  "}""", "/name required")]
    [InlineData("""{"name":"ab"}""", "/name minLength")]
    [InlineData("""{"name":"abc"}""", null)]
    public async Task Where_required_fails_the_members_other_attributes_are_silent(string json, string? found) =>
        Assert.Equal(found is null ? [] : [found], (await RuleRun.New.OnAsync<RequiredLast>(json)).Found);

    [Fact]
    public async Task Two_broken_rules_of_one_member_are_both_listed() =>
        Assert.Equal(["/code minLength", "/code regularExpression"], (await RuleRun.New.OnAsync<Coded>("""{"code":"A"}""")).Found.Order(StringComparer.Ordinal));

    [Fact]
    public async Task An_attribute_is_given_the_members_names_its_object_and_the_requests_services()
    {
        var seen = new Seen();
        await RuleRun.New.With(services => services.AddScoped(_ => seen)).OnAsync<Asking>("""{"value":"x"}""");
        Assert.Equal(["Value", "value", nameof(Asking)], seen.Names);
    }

    [Fact]
    public async Task A_pattern_that_can_not_decide_in_time_refuses_the_text_and_ends_the_search()
    {
        var text = new string('a', 40) + "!";
        var outcome = await RuleRun.New.OnAsync<List<Slow>>($$"""[{"text":"{{text}}"},{"text":"{{text}}"}]""");
        Assert.Equal(["/0/text regularExpression"], outcome.Found);
    }

    [Theory]
    [InlineData("99999999999")]
    [InlineData("-99999999999")]
    public async Task A_number_that_a_range_can_not_even_hold_lies_outside_of_it(string number) =>
        Assert.Equal(["/number range"], (await RuleRun.New.OnAsync<Long>($"{{\"number\":{number}}}")).Found);

    [Fact]
    public async Task An_attribute_that_throws_is_the_applications_fault() =>
        await Assert.ThrowsAsync<FormatException>(() => RuleRun.New.OnAsync<Throwing>("""{"value":1}"""));

    [Fact]
    public async Task An_attribute_that_throws_a_validation_exception_has_found_an_error()
    {
        var outcome = await RuleRun.New.OnAsync<Refusing>("""{"value":1}""");
        Assert.Equal("Not this one.", Assert.Single(outcome.Errors).Message);
        Assert.Equal(["/value refuse"], outcome.Found);
    }

    [Theory]
    [InlineData(typeof(Plain))]
    [InlineData(typeof(List<Dictionary<string, Plain>>))]
    [InlineData(typeof(int))]
    [InlineData(typeof(RequiredOnly))]
    [InlineData(typeof(Ignored))]
    public async Task A_type_whose_body_says_all_there_is_to_say_has_no_rules(Type type) =>
        Assert.False((await RuleRun.New.OnAsync(RuleRun.Web.GetTypeInfo(type), "null")).HasRules);

    private sealed class Named
    {
        [JsonPropertyName("unit_price")]
        [Range(1, 5)]
        public int UnitPrice { get; set; }

        [Display(Name = "How many")]
        [Range(1, 5)]
        public int Quantity { get; set; }
    }

    private sealed record Positional([Range(1, 5)] int Quantity, [property: StringLength(5)] string Sku);

    private class Base
    {
        [Range(1, 5)]
        public int Plain { get; set; }

        [Range(1, 5)]
        public virtual int Changed { get; set; }
    }

    private sealed class Derived : Base
    {
        [Range(1, 5)]
        [SuppressMessage("Design", "CA1051", Justification = "A field is what is tested.")]
        public int Field = 3;

        public override int Changed { get; set; }
    }

    private sealed class RequiredLast
    {
        [MinLength(3)]
        [Required]
        public string? Name { get; set; }
    }

    private sealed class Coded
    {
        [MinLength(3)]
        [RegularExpression("[a-z]+")]
        public string? Code { get; set; }
    }

    private sealed class Asking
    {
        [Ask]
        public string? Value { get; set; }
    }

    private sealed class Slow
    {
        [RegularExpression("(a+)+b", MatchTimeoutInMilliseconds = 20)]
        public string? Text { get; set; }
    }

    private sealed class Long
    {
        [Range(1, 5)]
        public long Number { get; set; }
    }

    private sealed class Throwing
    {
        [Throw]
        public int Value { get; set; }
    }

    private sealed class Refusing
    {
        [Refuse]
        public int Value { get; set; }
    }

    private sealed record Plain(int Number, [DataType(DataType.Password)] string Text, Plain? Next);

    private sealed class RequiredOnly
    {
        [Required]
        public int? Number { get; set; }

        [Required]
        public List<string>? Names { get; set; }
    }

    private sealed class Ignored
    {
        [JsonIgnore]
        [Range(1, 5)]
        public int Number { get; set; }
    }

    private sealed class Seen
    {
        public List<string?> Names { get; } = [];
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    private sealed class AskAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
        {
            var seen = (Seen)validationContext.GetService(typeof(Seen))!;
            seen.Names.AddRange([validationContext.MemberName, validationContext.DisplayName, validationContext.ObjectInstance.GetType().Name]);
            return ValidationResult.Success;
        }
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    private sealed class ThrowAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => throw new FormatException();
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    private sealed class RefuseAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => throw new ValidationException(new ValidationResult("Not this one."), this, value);
    }
}
