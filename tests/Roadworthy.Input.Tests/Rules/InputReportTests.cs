using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Roadworthy.Input.Tests.Rules;

public sealed class InputReportTests
{
    private const string Body = """{"name":"n","password":"hunter22","lines":[{"quantity":1}]}""";

    [Fact]
    public async Task A_validator_makes_a_type_have_rules_and_reports_by_path() =>
        Assert.Equal(["/lines/0/quantity stock", " whole"], (await With((_, report) =>
        {
            report.Add("Lines[0].Quantity", "stock", "No.");
            report.Add("", "whole", "No.");
        }).OnAsync<Order>(Body)).Found);

    [Fact]
    public async Task A_validator_is_asked_for_the_bodys_own_type_only()
    {
        Assert.True((await With((_, _) => { }).OnAsync<Order>(Body)).HasRules);
        Assert.False((await With((_, _) => { }).OnAsync<List<Order>>("[]")).HasRules);
    }

    [Fact]
    public async Task What_could_not_be_read_is_not_reported_again()
    {
        List<bool> could = [];
        var outcome = await With((order, report) =>
        {
            report.Add("Lines[0].Quantity", "range", "Above.");
            report.Add("Lines", "range", "Around.");
            report.Add("", "range", "Around.");
            report.Add("Name", "range", "Beside.");
            could.AddRange([report.CouldRead("Lines[0].Quantity"), report.CouldRead("Lines"), report.CouldRead(""), report.CouldRead("Name")]);
        }).Unread("/lines/0/quantity").OnAsync<Order>("""{"lines":[{}]}""");
        Assert.Equal(["/name range"], outcome.Found);
        Assert.Equal([false, false, false, true], could);
    }

    [Fact]
    public async Task What_stands_below_a_part_that_could_not_be_read_is_not_reported() =>
        Assert.Empty((await With((_, report) => report.Add("Lines[0].Quantity", "range", "Below.")).Unread("/lines/0").OnAsync<Order>("""{"lines":[{}]}""")).Found);

    [Fact]
    public async Task A_message_that_repeats_a_secret_is_replaced() =>
        Assert.Equal("Breaks the rule 'strong'.", Assert.Single((await With((order, report) => report.Add("Name", "strong", $"Not {order.Password}.")).OnAsync<Order>(Body)).Errors).Message);

    [Fact]
    public async Task An_exception_is_the_applications_fault_unless_the_body_has_parts_missing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => With((_, _) => throw new InvalidOperationException()).OnAsync<Order>(Body));
        Assert.Empty((await With((_, _) => throw new InvalidOperationException()).Unread("/name").OnAsync<Order>(Body)).Found);
    }

    private static RuleRun With(Action<Order, InputReport> validate) =>
        RuleRun.New.With(services => services.AddSingleton<IInputValidator>(new Validator(validate)));

    private sealed class Validator(Action<Order, InputReport> validate) : IInputValidator
    {
        public bool Validates(Type type, IServiceProvider services) => type == typeof(Order);

        public async ValueTask ValidateAsync(Type type, object value, HttpContext http, InputReport report)
        {
            await Task.Yield();
            validate((Order)value, report);
        }
    }

    private sealed class Order
    {
        public string? Name { get; set; }

        public string? Password { get; set; }

        public List<Line> Lines { get; set; } = [];
    }

    private sealed class Line
    {
        public int Quantity { get; set; }
    }
}
