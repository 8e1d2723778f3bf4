using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Roadworthy.Errors.Tracking;

namespace Roadworthy.Errors.Sentry.Tests;

public sealed class SentryFeedTests
{
    [Fact]
    public async Task An_error_arrives_as_an_event_with_its_causes_frames_trace_and_group_and_without_secrets()
    {
        await using var sentry = await EnvelopeReceiver.StartAsync();
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        await LogAsync(sentry.Dsn, log =>
        {
            log.LogWarning("Password=hunter2 in a warning goes nowhere");
            log.LogError(Thrown(), "Basket {Basket} of {ApiKey} failed", "b-17", "sk_live_1");
        });

        var request = sentry.Requests.First(r => r.Body.Contains("\"event\"", StringComparison.Ordinal));
        Assert.Equal("/api/42/envelope/", request.Path);
        Assert.Contains("sentry_key=0123456789abcdef0123456789abcdef", request.Auth, StringComparison.Ordinal);
        var sent = Assert.Single(sentry.Events);
        Assert.Equal("error", sent.GetProperty("level").GetString());
        Assert.Equal("2.1", sent.GetProperty("release").GetString());
        Assert.Equal("staging", sent.GetProperty("environment").GetString());
        Assert.Equal("Shop.Orders", sent.GetProperty("logger").GetString());
        Assert.Equal("web-1", sent.GetProperty("server_name").GetString());
        Assert.Equal("Basket b-17 of *** failed", sent.GetProperty("logentry").GetProperty("formatted").GetString());
        Assert.Equal("Basket {Basket} of {ApiKey} failed", sent.GetProperty("logentry").GetProperty("message").GetString());
        Assert.Equal(activity.TraceId.ToHexString(), sent.GetProperty("contexts").GetProperty("trace").GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), sent.GetProperty("contexts").GetProperty("trace").GetProperty("span_id").GetString());
        Assert.Equal(activity.TraceId.ToHexString(), sent.GetProperty("tags").GetProperty("trace_id").GetString());
        Assert.Equal("b-17", sent.GetProperty("extra").GetProperty("state").GetProperty("Basket").GetString());
        Assert.Equal(sent.GetProperty("tags").GetProperty("group").GetGuid().ToString("n"), Assert.Single(sent.GetProperty("fingerprint").EnumerateArray()).GetString());

        var exceptions = sent.GetProperty("exception").GetProperty("values").EnumerateArray().ToList();
        Assert.Equal(["FormatException", "InvalidOperationException"], exceptions.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal(["Host=db;Password=***", "It failed"], exceptions.Select(e => e.GetProperty("value").GetString()));
        var frame = exceptions[0].GetProperty("stacktrace").GetProperty("frames").EnumerateArray().Last();
        Assert.Equal("Fail", frame.GetProperty("function").GetString());
        Assert.Equal("SentryFeedTests.cs", frame.GetProperty("filename").GetString());
        Assert.True(frame.GetProperty("in_app").GetBoolean());
        Assert.True(frame.GetProperty("lineno").GetInt32() > 0);
        foreach (var secret in (string[])["hunter2", "sk_live_1", Environment.MachineName + "\"", $"\"{Environment.UserName}\""])
        {
            Assert.DoesNotContain(secret, string.Concat(sentry.Requests.Select(r => r.Body)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_critical_record_without_exception_arrives_as_fatal_with_its_message_only()
    {
        await using var sentry = await EnvelopeReceiver.StartAsync();
        await LogAsync(sentry.Dsn, log => log.LogCritical("Out of {What} \uD800", "paper"));
        var sent = Assert.Single(sentry.Events);
        Assert.Equal("fatal", sent.GetProperty("level").GetString());
        Assert.StartsWith("Out of paper", sent.GetProperty("logentry").GetProperty("formatted").GetString(), StringComparison.Ordinal);
        Assert.False(sent.TryGetProperty("exception", out var exception) && exception.ValueKind != JsonValueKind.Null, sent.ToString());
        Assert.False(sent.TryGetProperty("threads", out var threads) && threads.ValueKind != JsonValueKind.Null, sent.ToString());
    }

    [Fact]
    public async Task Nothing_is_lost_by_a_host_that_stops_right_after_its_start()
    {
        await using var sentry = await EnvelopeReceiver.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            await LogAsync(sentry.Dsn, log => log.LogError("It failed"));
        }

        Assert.Equal(20, sentry.Events.Count);
    }

    [Fact]
    public async Task What_fails_while_the_host_stops_or_can_not_start_arrives()
    {
        await using var sentry = await EnvelopeReceiver.StartAsync();
        await LogAsync(sentry.Dsn, _ => { }, services => services.AddHostedService<FailsToStop>());
        await Assert.ThrowsAsync<InvalidOperationException>(() => LogAsync(sentry.Dsn, _ => { }, services => services.AddHostedService<FailsToStart>()));
        Assert.Equal(["Hosting failed to start", "could not start", "could not stop"], sentry.Events.Select(e => e.GetProperty("logentry").GetProperty("message").GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(429)]
    public async Task A_receiver_that_is_down_or_refuses_fails_nobody(int status)
    {
        string dsn;
        await using (var gone = await EnvelopeReceiver.StartAsync(status == 0 ? 200 : status))
        {
            dsn = gone.Dsn;
            if (status == 0)
            {
                await gone.DisposeAsync();
            }

            var written = await LogAsync(dsn, log =>
            {
                for (var n = 0; n < 500; n++)
                {
                    log.LogError(Thrown(), "Number {N}", n);
                }
            });
            Assert.Equal(500, written);
        }
    }

    [Fact]
    public void Every_fault_of_the_options_is_told_at_once_and_the_key_is_not()
    {
        using var services = new ServiceCollection().AddRoadworthySentry(options => (options.Dsn, options.MaxWaiting) = ("secretkey@nowhere", 0))
            .AddRoadworthySentry(options => options.FlushTimeout = TimeSpan.FromHours(1)).BuildServiceProvider();
        var faults = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<SentryFeedOptions>>().Value).Failures;
        Assert.Equal(3, faults.Count());
        Assert.DoesNotContain("secretkey", string.Concat(faults), StringComparison.Ordinal);
    }

    /// <returns>How many records of errors the output has.</returns>
    private static async Task<int> LogAsync(string dsn, Action<ILogger> act, Action<IServiceCollection>? add = null)
    {
        using var output = new MemoryStream();
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Staging" });
        builder.AddRoadworthyErrors(options => (options.Output, options.Format) = (output, RecordFormat.Json));
        builder.Services.AddRoadworthySentry(options => options.Dsn = dsn);
        builder.Services.Configure<ErrorTrackingOptions>(options =>
        {
            (options.Release, options.Instance) = ("2.1", "web-1");
            options.OwnNamespaces.Add("Roadworthy.Errors.Sentry.Tests");
        });
        add?.Invoke(builder.Services);
        using (var host = builder.Build())
        {
            await host.StartAsync();
            act(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders"));
            await host.StopAsync();
        }

        return System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n').Count(line => line.Contains("\"level\":\"Error\"", StringComparison.Ordinal));
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            try
            {
                Fail();
            }
            catch (FormatException cause)
            {
                throw new InvalidOperationException("It failed", cause);
            }
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }

        throw new UnreachableException();
    }

    private static void Fail() => throw new FormatException("Host=db;Password=hunter2");

    private sealed class FailsToStop(ILogger<FailsToStop> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            log.LogError("could not stop");
            return Task.CompletedTask;
        }
    }

    private sealed class FailsToStart(ILogger<FailsToStart> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            log.LogCritical("could not start");
            throw new InvalidOperationException("It can not start");
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
