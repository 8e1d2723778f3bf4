using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Roadworthy.Console.Tests.Support;
using Roadworthy.Queries;

namespace Roadworthy.Console.Tests.Hosting;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Without_a_policy_the_application_does_not_start_and_says_what_to_do()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => ConsoleApp.StartAsync(options: options => options.Policy = " "));
        Assert.Contains("ConsoleOptions.Policy is not set", error.Message, StringComparison.Ordinal);
        Assert.Contains("AddPolicy(", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_there_is_not_is_told_by_its_name()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ConsoleApp.StartAsync(options: options => options.Policy = "operatrs"));
        Assert.Contains("'operatrs'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_the_options_is_told_at_once()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => ConsoleApp.StartAsync(options: options =>
            (options.Policy, options.Instance, options.Release, options.Refresh, options.Patience) = (null, "", new('x', 101), TimeSpan.Zero, TimeSpan.FromMinutes(1))));
        Assert.Equal(5, error.Failures.Count());
    }

    [Fact]
    public void Mapped_without_its_services_it_says_what_to_call()
    {
        var app = WebApplication.CreateBuilder().Build();
        Assert.Contains("AddRoadworthyConsole", Assert.Throws<InvalidOperationException>(() => app.MapRoadworthyConsole()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_history_of_requests_is_switched_on_where_queries_are_recorded()
    {
        var services = new ServiceCollection().AddRoadworthyQueries().AddRoadworthyConsole(options => options.Policy = "any").AddRoadworthyConsole();
        using var provider = services.AddLogging().BuildServiceProvider();
        Assert.True(provider.GetRequiredService<IOptions<QueriesOptions>>().Value.KeepHistory);
        Assert.Single(services, service => service.ServiceType.Name == "Reach");
    }

    [Theory]
    [InlineData("/console")]
    [InlineData("/console/requests")]
    [InlineData("/console/errors")]
    [InlineData("/console/sessions")]
    [InlineData("/console/sessions/events")]
    public async Task A_page_whose_guard_is_not_there_says_how_to_add_it(string path)
    {
        await using var app = await ConsoleApp.StartAsync();
        using var browser = await app.BrowserAsync();
        var text = (await browser.PageAsync(path)).Content();
        Assert.Contains("not ", text, StringComparison.Ordinal);
        if (path != "/console") Assert.Contains("AddRoadworthy", text, StringComparison.Ordinal);
    }
}
