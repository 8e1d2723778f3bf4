using System.ComponentModel.DataAnnotations;

namespace Roadworthy.Input.Tests.Rules;

public sealed class SecretTests
{
    [Theory]
    [InlineData("""{"password":"hunter22"}""", "/password", "echo")]
    [InlineData("""{"apiKey":"hunter22"}""", "/apiKey", "echo")]
    [InlineData("""{"phrase":"hunter22"}""", "/phrase", "echo")]
    [InlineData("""{"password":"Hx1"}""", "/password", "echo")]
    public async Task A_message_that_repeats_a_secret_is_replaced(string json, string at, string rule)
    {
        var error = Assert.Single((await RuleRun.New.OnAsync<Login>(json)).Errors);
        Assert.Equal((at, rule, "Breaks the rule 'echo'."), (error.Key, error.Rule, error.Message));
    }

    [Theory]
    [InlineData("""{"tokenType":"hunter22"}""")]
    [InlineData("""{"name":"hunter22"}""")]
    public async Task A_message_about_what_is_no_secret_is_the_applications_own(string json) =>
        Assert.Equal("hunter22 won't do.", Assert.Single((await RuleRun.New.OnAsync<Login>(json)).Errors).Message);

    [Fact]
    public async Task A_fixed_message_stays_even_where_the_secret_is_a_word_of_it()
    {
        var error = Assert.Single((await RuleRun.New.OnAsync<Fixed>("""{"password":"field"}""")).Errors);
        Assert.Contains("field password", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_secret_is_looked_for_as_a_word_of_its_own()
    {
        Assert.Equal("Not the same as 'b'.", Assert.Single((await RuleRun.New.OnAsync<Pair>("""{"secret":"a","name":"b"}""")).Errors).Message);
        Assert.Equal("Breaks the rule 'rule'.", Assert.Single((await RuleRun.New.OnAsync<Pair>("""{"secret":"b","name":"b"}""")).Errors).Message);
    }

    [Fact]
    public async Task A_secret_anywhere_in_the_body_is_kept_out_of_an_objects_own_message()
    {
        var error = Assert.Single((await RuleRun.New.OnAsync<Envelope>("""{"logins":[{},{"password":"ok-secret"}]}""")).Errors);
        Assert.Equal("Breaks the rule 'rule'.", error.Message);
    }

    private sealed class Login
    {
        [Echo]
        public string? Password { get; set; }

        [Echo]
        public string? ApiKey { get; set; }

        [Echo]
        public string? TokenType { get; set; }

        [Echo]
        public string? Name { get; set; }

        [Echo]
        [DataType(DataType.Password)]
        public string? Phrase { get; set; }
    }

    private sealed class Fixed
    {
        [MinLength(8)]
        public string? Password { get; set; }
    }

    private sealed class Pair : IValidatableObject
    {
        public string? Secret { get; set; }

        public string? Name { get; set; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [new ValidationResult($"Not the same as '{Name}'.")];
    }

    private sealed class Envelope : IValidatableObject
    {
        public List<Login> Logins { get; set; } = [];

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [new ValidationResult($"Bad: {Logins[1].Password}")];
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    private sealed class EchoAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
            value is null or "ok-secret" ? ValidationResult.Success : new ValidationResult($"{value} won't do.");
    }
}
