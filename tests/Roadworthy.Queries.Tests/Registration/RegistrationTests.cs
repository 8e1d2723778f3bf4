using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Roadworthy.Queries.Tests.Support;

namespace Roadworthy.Queries.Tests.Registration;

/// <summary>Alone, because whether the process listens is seen by all.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class RegistrationTests(Shop shop)
{
    [Fact]
    public async Task Switched_off_nothing_listens_and_nothing_is_recorded()
    {
        using var npgsql = new ActivitySource("Npgsql");
        await using (var off = await Site.StartAsync(shop, app => app.MapGet("/", Get).WithQueryBudget(0), options => options.IsEnabled = false, "Testing"))
        {
            Assert.False(npgsql.HasListeners());
            Assert.Equal(200, (int)(await off.Client.GetAsync("/")).StatusCode);
            Assert.Empty(off.History.Latest(1));
        }

        await using (await Site.StartAsync(shop, app => app.MapGet("/", Get)))
        {
            using (QueryRecorder.Begin()) Assert.True(npgsql.HasListeners());
            Assert.True(npgsql.HasListeners());
        }

        Assert.False(npgsql.HasListeners());
    }

    [Fact]
    public void Every_fault_of_the_options_is_told_when_it_starts()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddRoadworthyQueries(options => (options.RepeatThreshold, options.SlowStatement, options.BudgetMode) = (1, TimeSpan.FromDays(1), (QueryBudgetMode)7));
        var app = builder.Build();
        var error = Assert.Throws<OptionsValidationException>(() => app.UseRoadworthyQueries());
        Assert.Equal(3, error.Failures.Count());
    }

    [Fact]
    public void Without_its_services_the_middleware_says_what_to_call() =>
        Assert.Contains("AddRoadworthyQueries", Assert.Throws<InvalidOperationException>(() => WebApplication.CreateSlimBuilder().Build().UseRoadworthyQueries()).Message, StringComparison.Ordinal);

    private static Task<List<int>> Get(NpgsqlDataSource source) => Handlers.ReadAsync(source, "SELECT 1");
}
