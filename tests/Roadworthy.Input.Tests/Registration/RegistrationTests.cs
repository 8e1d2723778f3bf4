using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Roadworthy.Input.Tests.Endpoints;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Registration;

public sealed class RegistrationTests
{
    [Fact]
    public async Task All_faults_of_the_options_are_reported_at_once_when_the_application_starts()
    {
        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(_ => { }, options: input =>
        {
            input.MaxBodyBytes = 0;
            input.MaxMembers = 1_000_001;
            input.MaxErrors = -1;
        }));

        Assert.Equal(
            [
                "InputOptions.MaxBodyBytes is 0. Set it from 1 to 1073741824 bytes.",
                "InputOptions.MaxMembers is 1000001. Set it from 1 to 1000000 members.",
                "InputOptions.MaxErrors is -1. Set it from 1 to 10000 errors.",
            ],
            thrown.Failures);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1_073_741_824, 1_000_000, 10_000)]
    public async Task The_ends_of_the_ranges_are_taken(int bytes, int members, int errors)
    {
        await using var app = await TestApp.StartAsync(_ => { }, options: input => (input.MaxBodyBytes, input.MaxMembers, input.MaxErrors) = (bytes, members, errors));

        Assert.Equal(bytes, app.Services.GetRequiredService<IOptions<InputOptions>>().Value.MaxBodyBytes);
    }

    [Fact]
    public async Task Registered_twice_it_guards_once_with_both_configurations()
    {
        await using var app = await TestApp.StartAsync(
            a => a.MapPost("/", (Order order, int? v) => "ran"),
            services => services.AddRoadworthyInput(input => input.MaxMembers = 1).AddRoadworthyInput(),
            input => input.MaxErrors = 2);

        var answer = await app.PostAsync("/?v=x", """{"quantity":"x","note":1}""");

        Assert.Equal(["query:v type", "/quantity type"], answer.Rules);
        Assert.Single(app.Logs.Ours);
        Assert.Equal([" members"], (await app.PostAsync("/", """{"quantity":1,"note":"n"}""")).Rules);
        Assert.Single(app.Services.GetServices<MatcherPolicy>(), policy => policy.GetType().Namespace == "Roadworthy.Input.Endpoints");
    }

    [Fact]
    public async Task A_binder_throws_whatever_the_application_has_set()
    {
        await using var app = await TestApp.StartAsync(_ => { }, services => services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false));

        Assert.True(app.Services.GetRequiredService<IOptions<RouteHandlerOptions>>().Value.ThrowOnBadRequest);
    }

    [Fact]
    public void No_services_no_guard() => Assert.Throws<ArgumentNullException>(() => InputServiceCollectionExtensions.AddRoadworthyInput(null!));
}
