using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Registration;

public sealed class RegistrationTests
{
    [Fact]
    public void All_faults_of_the_options_are_reported_at_once()
    {
        using var closed = new MemoryStream([], writable: false);
        var services = new ServiceCollection().AddRoadworthyErrors(options =>
        {
            options.Format = (RecordFormat)9;
            options.Output = closed;
            options.MaxRecordBytes = 100;
            options.QueueCapacity = 0;
            options.SecretKeys.Add("id");
        });
        using var provider = services.BuildServiceProvider();

        var faults = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ILoggerFactory>()).Failures.ToList();

        Assert.Equal(5, faults.Count);
        Assert.Contains("ErrorsOptions.MaxRecordBytes is 100. Set it from 4096 to 1048576 bytes.", faults, StringComparer.Ordinal);
        Assert.Contains(faults, f => f.Contains("\"id\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Registered_twice_it_writes_each_record_once_with_both_configurations()
    {
        var output = new RecordStream();
        var services = new ServiceCollection()
            .AddRoadworthyErrors(options => options.Output = output)
            .AddRoadworthyErrors(options => options.SecretKeys.Add("iban"));
        using (var provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("A").LogError("to {Iban}", "DE02");
            Assert.NotNull(provider.GetService<IHttpContextAccessor>());
            Assert.NotNull(provider.GetService<IProblemDetailsService>());
        }

        Assert.Equal("***", Assert.Single(output.Records).At("state.Iban"));
    }

    [Fact]
    public void In_an_application_it_is_the_only_provider_until_another_is_added()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddRoadworthyErrors().AddRoadworthyErrors(options => options.Output = new RecordStream());
        using var host = builder.Build();
        Assert.IsNotType<ConsoleLoggerProvider>(Assert.Single(host.Services.GetServices<ILoggerProvider>()));
    }

    [Theory]
    [InlineData("Development", false)]
    [InlineData("Staging", true)]
    [InlineData("Production", true)]
    public void The_form_follows_the_environment(string environment, bool json)
    {
        var output = new RecordStream();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.AddRoadworthyErrors(options => options.Output = output);
        using (var host = builder.Build())
        {
            host.Services.GetRequiredService<ILogger<RegistrationTests>>().LogError("one");
        }

        Assert.Equal(json, output.Text.StartsWith('{'));
    }

    [Fact]
    public void The_pipeline_without_its_services_says_what_to_do()
    {
        using var app = new Disposer(WebApplication.CreateBuilder().Build());

        var thrown = Assert.Throws<InvalidOperationException>(() => app.App.UseRoadworthyErrors());

        Assert.Contains("Call builder.AddRoadworthyErrors()", thrown.Message, StringComparison.Ordinal);
    }

    private sealed class Disposer(WebApplication app) : IDisposable
    {
        public WebApplication App => app;

        public void Dispose() => ((IDisposable)app).Dispose();
    }
}
