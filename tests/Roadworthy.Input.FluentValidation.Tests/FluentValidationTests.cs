using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Input.FluentValidation.Tests.Support;

namespace Roadworthy.Input.FluentValidation.Tests;

public sealed class FluentValidationTests
{
    [Theory]
    [InlineData("""{"name":"a"}""")]
    [InlineData("""{"name":"only warned of, not refused"}""")]
    public async Task A_body_that_breaks_no_rule_is_taken(string body) => Assert.Empty(await PostAsync(body));

    [Theory]
    [InlineData("""{"name":""}""", "/name notEmpty: Give it a name.")]
    [InlineData("""{"name":"a","lines":[{"quantity":1},{"quantity":9}]}""", "/lines/1/quantity inclusiveBetween: 'Quantity' must be between 1 and 5. You entered 9.")]
    [InlineData("""{"name":"a","start":"2026-01-02","end":"2026-01-01"}""", "/end greaterThan: 'End' must be greater than '01/02/2026'.")]
    [InlineData("""{"name":"n/a"}""", " NO-NAME: 'Title' must not be equal to 'n/a'.")]
    public async Task A_failure_is_listed_where_the_member_stands_in_the_body(string body, string refused) => Assert.Equal([refused], await PostAsync(body));

    [Fact]
    public async Task A_message_that_repeats_a_secret_is_replaced() =>
        Assert.Equal(["/password predicate: Breaks the rule 'predicate'."], await PostAsync("""{"name":"a","password":"hunter22"}"""));

    [Fact]
    public async Task Failures_stand_beside_what_could_not_be_read() =>
        Assert.Equal(
            ["/lines/0/quantity type", "/name notEmpty"],
            (await PostAsync("""{"name":"","lines":[{"quantity":"x"}]}""")).Select(Short).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_comparison_with_a_member_that_could_not_be_read_says_nothing() =>
        Assert.Equal(["/start type"], (await PostAsync("""{"name":"a","start":"x","end":"0001-01-01"}""")).Select(Short));

    [Fact]
    public async Task A_validator_that_fails_for_want_of_what_could_not_be_read_does_not_end_the_request() =>
        Assert.Equal(
            ["/text type"],
            (await GuardedApp.PostAsync<Fussy>("""{"text":1}""", services => services.AddRoadworthyFluentValidation().AddSingleton<IValidator<Fussy>, FussyValidator>())).Select(Short));

    [Fact]
    public async Task A_validator_may_be_scoped_and_wait_for_services_of_the_request()
    {
        var refused = await GuardedApp.PostAsync<Fussy>("""{"text":"taken"}""", services => services
            .AddScoped<IValidator<Fussy>, AskingValidator>().AddScoped<Names>().AddRoadworthyFluentValidation().AddRoadworthyFluentValidation());
        Assert.Equal(["/text asyncPredicate: Is taken."], refused);
    }

    [Fact]
    public async Task A_validator_that_throws_its_failures_has_found_errors() =>
        Assert.Equal(["/text rule: No."], await GuardedApp.PostAsync<Fussy>("""{"text":"a"}""", services => services
            .AddRoadworthyFluentValidation().AddSingleton<IValidator<Fussy>, ThrowingValidator>()));

    [Fact]
    public async Task Validators_that_an_assembly_scan_has_registered_are_found() =>
        Assert.Equal(["/name notEmpty"], (await GuardedApp.PostAsync<Order>("""{"name":""}""", services => services
            .AddRoadworthyFluentValidation().AddValidatorsFromAssemblyContaining<OrderValidator>(filter: found => found.ValidatorType == typeof(OrderValidator)))).Select(Short));

    [Fact]
    public async Task A_validator_for_every_type_is_found_in_the_container() =>
        Assert.Equal([" rule: No."], await GuardedApp.PostAsync<Line>("{}", services => services
            .AddRoadworthyFluentValidation().AddSingleton(typeof(IValidator<>), typeof(AnyValidator<>))));

    [Fact]
    public async Task A_value_of_a_derived_type_has_the_validator_of_the_bodys_type() =>
        Assert.Equal(["/name notEmpty"], (await GuardedApp.PostAsync<Shape>("""{"$type":"circle","name":""}""", services => services
            .AddRoadworthyFluentValidation().AddSingleton<IValidator<Shape>, ShapeValidator>())).Select(Short));

    [Theory]
    [InlineData(null, "rule")]
    [InlineData("", "rule")]
    [InlineData("NotEmptyValidator", "notEmpty")]
    [InlineData("Validator", "Validator")]
    [InlineData("ERR_01", "ERR_01")]
    public void An_error_code_of_the_library_is_a_rule_in_camel_case_and_ones_own_stays(string? code, string rule) => Assert.Equal(rule, FluentRuleName.Of(code));

    private static Task<IReadOnlyList<string>> PostAsync(string body) =>
        GuardedApp.PostAsync<Order>(body, services => services.AddRoadworthyFluentValidation().AddScoped<IValidator<Order>, OrderValidator>());

    private static string Short(string refused) => refused[..refused.IndexOf(':', StringComparison.Ordinal)];

    private sealed class Fussy
    {
        public string Text { get; set; } = null!;
    }

    private sealed class FussyValidator : AbstractValidator<Fussy>
    {
        public FussyValidator() => RuleFor(fussy => fussy.Text.Length).GreaterThan(1);
    }

    private sealed class Names
    {
        private readonly string _taken = "taken";

        public Task<bool> IsFreeAsync(string name) => Task.FromResult(!string.Equals(name, _taken, StringComparison.Ordinal));
    }

    private sealed class AskingValidator : AbstractValidator<Fussy>
    {
        public AskingValidator(Names names) => RuleFor(fussy => fussy.Text).MustAsync((text, _) => names.IsFreeAsync(text)).WithMessage("Is taken.");
    }

    private sealed class ThrowingValidator : AbstractValidator<Fussy>
    {
        protected override bool PreValidate(ValidationContext<Fussy> context, ValidationResult result) =>
            throw new ValidationException([new ValidationFailure(nameof(Fussy.Text), "No.")]);
    }

    private sealed class AnyValidator<T> : AbstractValidator<T>
    {
        public AnyValidator() => RuleFor(value => value).Custom((_, context) => context.AddFailure("No."));
    }

    [System.Text.Json.Serialization.JsonDerivedType(typeof(Circle), "circle")]
    private abstract class Shape
    {
        public string Name { get; set; } = "";
    }

    private sealed class Circle : Shape;

    private sealed class ShapeValidator : AbstractValidator<Shape>
    {
        public ShapeValidator() => RuleFor(shape => shape.Name).NotEmpty();
    }
}
