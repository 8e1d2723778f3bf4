using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Reading;

public sealed class LostClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true, "Content-Length: 1000")]
    [InlineData(false, "Content-Length: 1000")]
    [InlineData(true, "Transfer-Encoding: chunked")]
    [InlineData(false, "Transfer-Encoding: chunked")]
    public async Task A_client_that_leaves_in_the_middle_of_its_body_is_no_error(bool isReset, string header)
    {
        var ran = false;
        var app = await TestApp.OnKestrelAsync(a => a.MapPost("/", (Order order) => ran = true));
        await Parallel.ForAsync(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (_, _) =>
        {
            // The guard waits for the body when the server gives leave to send it.
            await using var connection = await RawConnection.OpenAsync(app.Address);
            await connection.SendAsync($"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n{header}\r\n\r\n");
            Assert.Equal(100, (await connection.AnswerAsync()).Status);
            await connection.SendAsync("5\r\n{\"a\":");
            if (isReset) connection.Reset();
            else connection.EndSending();
            Assert.True(isReset || await connection.IsClosedAsync());
        });

        // The server has its own word on what is left of the body, after the endpoint's.
        await app.DisposeAsync();
        Assert.False(ran);
        Assert.DoesNotContain(app.Logs.All, line => line.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("fffffffff")]
    [InlineData("ffffffffffffffffffff")]
    public async Task A_chunk_whose_size_is_none_is_a_400_problem_and_no_error(string size)
    {
        await using var app = await TestApp.OnKestrelAsync(a => a.MapPost("/", (Order order) => "ran"));
        await using var connection = await RawConnection.OpenAsync(app.Address);

        await connection.SendAsync($"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n");

        (await connection.AnswerAsync()).IsProblem(400, "bad-request");
        Assert.DoesNotContain(app.Logs.All, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_stream_that_fails_is_a_400_problem_and_its_reason_is_in_the_log()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.Use((http, next) =>
            {
                http.Request.Body = new FailingStream();
                return next(http);
            });
            a.MapPost("/", (Order order) => "ran");
        });

        (await app.PostAsync("/", "{}")).IsProblem(400, "bad-request");

        Assert.Equal("no room", Assert.Single(app.Logs.Ours).Exception?.Message);
    }

    [Theory]
    [InlineData("Content-Length: 14", "{")]
    [InlineData("Content-Length: 14", "")]
    [InlineData("Transfer-Encoding: chunked", "1\r\n{\r\n")]
    public async Task A_request_s_timeout_ends_the_wait_for_a_body_as_the_pipeline_has_it(string header, string body)
    {
        var app = await TestApp.OnKestrelAsync(
            a =>
            {
                a.UseRouting();
                a.UseRequestTimeouts();
                a.MapPost("/", (Order order) => "ran").WithRequestTimeout(TimeSpan.FromMilliseconds(50));
            },
            services => services.AddRequestTimeouts());
        await using (var connection = await RawConnection.OpenAsync(app.Address))
        {
            await connection.SendAsync($"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{header}\r\n\r\n{body}");

            Assert.Equal(504, (await connection.AnswerAsync()).Status);
        }

        await app.DisposeAsync();
        Assert.DoesNotContain(app.Logs.All, line => line.Level >= LogLevel.Error);
    }

    private sealed class FailingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("no room");
    }
}
