using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Rules;

namespace Roadworthy.Input.Tests.Rules;

public sealed class ValueRulesTests
{
    [Fact]
    public void A_parameter_without_attributes_has_no_rules() => Assert.Null(ValueRules.For(Parameter("plain")));

    [Theory]
    [InlineData("limit", 0, "range")]
    [InlineData("limit", 5, null)]
    [InlineData("limit", null, null)]
    [InlineData("name", "", "required")]
    [InlineData("name", null, "required")]
    [InlineData("name", "ab", "minLength")]
    [InlineData("name", "abc", null)]
    public void A_value_is_checked_as_its_parameter_wants_it(string parameter, object? value, string? rule)
    {
        var errors = Check(parameter, value);
        Assert.Equal(rule is null ? [] : [rule], errors.Kept.Select(error => error.Rule));
        Assert.All(errors.Kept, error => Assert.Equal($"query:{parameter}", error.Key));
    }

    [Fact]
    public void A_message_calls_the_parameter_as_clients_do()
    {
        Assert.Equal("The field limit must be between 1 and 5.", Assert.Single(Check("limit", 9).Kept).Message);
        Assert.Equal("The field Page size must be between 1 and 5.", Assert.Single(Check("size", 9).Kept).Message);
    }

    [Fact]
    public void A_parameter_that_could_not_be_read_has_no_further_error()
    {
        var errors = new InputErrors(10);
        errors.Add("query:limit", InputRule.Type, "Could not be read.");
        ValueRules.For(Parameter("limit"))!.Check("query:limit", 0, errors, Services);
        Assert.Single(errors.Kept);
    }

    [Fact]
    public void A_message_that_repeats_a_secret_is_replaced()
    {
        Assert.Equal("Breaks the rule 'echo'.", Assert.Single(Check("token", "abcdef").Kept).Message);
        Assert.Equal("abcdef won't do.", Assert.Single(Check("text", "abcdef").Kept).Message);
    }

    [Fact]
    public void An_attribute_may_ask_for_the_requests_services() => Assert.Empty(Check("served", 1).Kept);

    [Fact]
    public async Task A_property_that_passes_for_a_parameter_has_its_attributes()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();
        app.MapGet("/", ([AsParameters] Page page) => page.Limit);
        var endpoint = ((IEndpointRouteBuilder)app).DataSources.Single().Endpoints.Single();
        var parameters = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>();
        Assert.Equal(["limit", "name"], parameters.Where(p => ValueRules.For(p.ParameterInfo) is not null).Select(p => p.Name.ToLowerInvariant()).Order(StringComparer.Ordinal));
    }

    private static ServiceProvider Services { get; } = new ServiceCollection().AddSingleton("here").BuildServiceProvider();

    private static InputErrors Check(string parameter, object? value)
    {
        var errors = new InputErrors(10);
        ValueRules.For(Parameter(parameter))!.Check($"query:{parameter}", value, errors, Services);
        return errors;
    }

    private static ParameterInfo Parameter(string name) =>
        typeof(ValueRulesTests).GetMethod(nameof(Handler), BindingFlags.NonPublic | BindingFlags.Static)!.GetParameters().Single(p => p.Name == name);

    private static void Handler(
        int plain,
        [Range(1, 5)] int? limit,
        [Display(Name = "Page size")][Range(1, 5)] int? size,
        [MinLength(3)][Required] string name,
        [Echo] string token,
        [Echo] string text,
        [Served] int served)
    {
        _ = (plain, limit, size, name, token, text, served);
    }

    private sealed record Page([Range(1, 5)] int Limit, int Plain, [property: MinLength(2)] string? Name);

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    private sealed class EchoAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => new($"{value} won't do.");
    }

    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    private sealed class ServedAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
            validationContext.GetService(typeof(string)) is null ? new ValidationResult("No services.") : ValidationResult.Success;
    }
}
