using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Problems;

public sealed class CancelledRequestTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_its_client_gave_up_is_information_with_499_and_no_error(bool wrapped)
    {
        var arrived = new TaskCompletionSource();
        var status = new TaskCompletionSource<int>();
        await using var app = await TestApp.StartAsync(a =>
        {
            a.Use(async (context, next) =>
            {
                await next(context);
                status.TrySetResult(context.Response.StatusCode);
            });
            a.UseRoadworthyErrors();
            a.MapGet("/", async Task<string> (HttpContext context) =>
            {
                arrived.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
                catch (OperationCanceledException cancelled) when (wrapped)
                {
                    throw new InvalidOperationException("a driver's wrapper", cancelled);
                }

                return "never";
            });
        });
        using (var client = new TcpClient())
        {
            await SendAsync(client, app.Address);
            await arrived.Task;
            client.Client.Close(0);
        }

        Assert.Equal(499, await status.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        var record = Assert.Single(await app.FailuresAsync());
        Assert.Equal("Information", record.At("level"));
        Assert.Equal("RequestCancelled", record.At("eventName"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_timeout_is_a_504_problem_and_not_the_client_s_doing(bool first)
    {
        await using var app = await TestApp.StartAsync(
            a =>
            {
                if (first)
                {
                    a.UseRoadworthyErrors();
                }

                a.UseRouting();
                a.UseRequestTimeouts();
                if (!first)
                {
                    a.UseRoadworthyErrors();
                }

                a.MapGet("/", async (HttpContext context) => await Task.Delay(Timeout.Infinite, context.RequestAborted))
                    .WithRequestTimeout(TimeSpan.FromMilliseconds(50));
            },
            services => services.AddRequestTimeouts());

        (await app.GetAsync("/")).IsProblem(504, "timeout");
        Assert.DoesNotContain(await app.StopAsync(), r => r.Has("eventName") && r.At("eventName") is "RequestCancelled");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_gives_up_under_a_request_timeout_is_still_no_error(bool first)
    {
        var arrived = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(
            a =>
            {
                a.Use(async (context, next) =>
                {
                    await next(context);
                    left.SetResult();
                });
                if (first)
                {
                    a.UseRoadworthyErrors();
                }

                a.UseRouting();
                a.UseRequestTimeouts();
                if (!first)
                {
                    a.UseRoadworthyErrors();
                }

                a.MapGet("/", async (HttpContext context) =>
                {
                    arrived.SetResult();
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }).WithRequestTimeout(TimeSpan.FromMinutes(5));
            },
            services => services.AddRequestTimeouts());
        using (var client = new TcpClient())
        {
            await SendAsync(client, app.Address);
            await arrived.Task;
            client.Client.Close(0);
        }

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal("RequestCancelled", Assert.Single(await app.FailuresAsync()).At("eventName"));
    }

    [Fact]
    public async Task A_cancellation_that_no_client_asked_for_is_an_error()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.UseRoadworthyErrors();
            a.MapGet("/", string () => throw new TaskCanceledException("an upstream call timed out"));
        });

        (await app.GetAsync("/")).IsProblem(500, "internal-error");
        Assert.Equal("Error", Assert.Single(await app.FailuresAsync()).At("level"));
    }

    private static async Task SendAsync(TcpClient client, Uri address)
    {
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), TestContext.Current.CancellationToken);
    }
}
