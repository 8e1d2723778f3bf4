using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Reading;

public sealed class LimitTests
{
    private const int Limit = 20_000;

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_body_may_be_as_long_as_the_limit_announced_or_in_chunks(int more, bool isTaken)
    {
        await using var app = await StartAsync();
        var body = Body(Limit + more);

        var announced = await app.PostAsync("/", body);
        var inChunks = await app.SendAsync(HttpMethod.Post, "/", Chunked(body));
        var buffered = await app.PostAsync("/buffered", body);

        foreach (var answer in new[] { announced, inChunks, buffered })
        {
            if (isTaken) answer.IsOk("1");
            else answer.IsProblem(413, "content-too-large");
        }
    }

    [Theory]
    [InlineData("/small", 100, false)]
    [InlineData("/small", 50, true)]
    [InlineData("/large", Limit + 10_000, true)]
    [InlineData("/large", 50_001, false)]
    [InlineData("/unlimited", 40_000_000, true)]
    public async Task An_endpoint_s_own_limit_goes_before(string path, int length, bool isTaken)
    {
        await using var app = await StartAsync();

        foreach (var content in new HttpContent[] { new StringContent(Body(length), Encoding.UTF8, "application/json"), Chunked(Body(length)) })
        {
            var answer = await app.SendAsync(HttpMethod.Post, path, content);
            if (isTaken) answer.IsOk("1");
            else answer.IsProblem(413, "content-too-large");
        }
    }

    [Fact]
    public async Task A_length_that_is_too_large_is_refused_before_the_body_has_come()
    {
        await using var app = await StartAsync();
        await using var connection = await RawConnection.OpenAsync(app.Address);

        await connection.SendAsync($"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {Limit + 1}\r\nExpect: 100-continue\r\n\r\n");

        (await connection.AnswerAsync()).IsProblem(413, "content-too-large");
    }

    [Fact]
    public async Task A_client_that_waits_for_leave_gets_it()
    {
        await using var app = await StartAsync();
        await using var connection = await RawConnection.OpenAsync(app.Address);

        await connection.SendAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 14\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal(100, (await connection.AnswerAsync()).Status);
        await connection.SendAsync("""{"quantity":1}""");

        (await connection.AnswerAsync()).IsOk("1");
    }

    [Theory]
    [InlineData("""{"quantity":"x"}""", 400)]
    [InlineData("""{"quantity":1} x""", 400)]
    [InlineData(null, 413)]
    public async Task The_connection_is_usable_after_a_refusal(string? body, int status)
    {
        await using var app = await StartAsync();
        await using var connection = await RawConnection.OpenAsync(app.Address);
        body ??= Body(Limit + 100_000);

        for (var i = 0; i < 3; i++)
        {
            await connection.PostAsync("/", body);
            await connection.PostAsync("/", """{"quantity":"7.0"}""");
            Assert.Equal(status, (await connection.AnswerAsync()).Status);
            (await connection.AnswerAsync()).IsOk("7");

            await connection.SendAsync(
                $"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n{body}\r\n0\r\n\r\n");
            await connection.PostAsync("/", """{"quantity":7}""");
            Assert.Equal(status, (await connection.AnswerAsync()).Status);
            (await connection.AnswerAsync()).IsOk("7");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_server_s_own_limit_holds_beside_and_is_a_problem_too(bool isChunked)
    {
        await using var app = await StartAsync(kestrel => kestrel.Limits.MaxRequestBodySize = 100);
        await using var connection = await RawConnection.OpenAsync(app.Address);
        var body = Body(200);

        if (isChunked) await connection.SendAsync($"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nc8\r\n{body}\r\n0\r\n\r\n");
        else await connection.PostAsync("/", body);
        var answer = await connection.AnswerAsync();

        answer.IsProblem(413, "content-too-large");
        Assert.Equal("close", answer.Headers["Connection"]);
    }

    [Fact]
    public async Task A_client_whose_connection_will_be_closed_is_told_so()
    {
        await using var app = await StartAsync(kestrel => kestrel.Limits.MaxRequestBodySize = 100);
        await using var connection = await RawConnection.OpenAsync(app.Address);

        await connection.PostAsync("/buffered", Body(Limit + 1));
        var answer = await connection.AnswerAsync();

        answer.IsProblem(413, "content-too-large");
        Assert.Equal("close", answer.Headers["Connection"]);
    }

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_a_408_problem()
    {
        var ran = false;
        await using var app = await TestApp.OnKestrelAsync(
            a => a.MapPost("/", (Order order) => ran = true),
            kestrel: kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(1_000_000, TimeSpan.FromSeconds(1.1)));
        await using var connection = await RawConnection.OpenAsync(app.Address);

        await connection.SendAsync("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{");

        (await connection.AnswerAsync()).IsProblem(408, "request-timeout");
        Assert.True(await connection.IsClosedAsync());
        Assert.False(ran);
    }

    [Fact]
    public async Task Over_HTTP_2_a_body_that_is_longer_than_its_window_is_read()
    {
        await using var app = await TestApp.OnKestrelAsync(
            a => a.MapPost("/", (Order order) => order.Quantity),
            options: input => input.MaxBodyBytes = 4_000_000,
            protocols: HttpProtocols.Http2);

        foreach (var body in new[] { Body(3_000_000), Body(3_000_000).Replace(":1,", ":\"1.0\",", StringComparison.Ordinal) })
        {
            (await SendAsync(body)).IsOk("1");
        }

        (await SendAsync(Body(4_000_001))).IsProblem(413, "content-too-large");
        Assert.Equal(["/quantity duplicate"], (await SendAsync(Body(3_000_000)[..^1] + ",\"quantity\":2}")).Rules);

        Task<Answer> SendAsync(string body) => app.PostAsync("/", body, request =>
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        });
    }

    private static string Body(int length)
    {
        const string Start = "{\"quantity\":1,\"note\":\"";
        const string End = "\"}";
        return Start + new string('a', length - Start.Length - End.Length) + End;
    }

    private static UnannouncedContent Chunked(string body) => new(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new("application/json") } };

    private static Task<TestApp> StartAsync(Action<KestrelServerOptions>? kestrel = null) => TestApp.OnKestrelAsync(
        app =>
        {
            app.UseWhen(http => http.Request.Path == "/buffered", branch => branch.Use((http, next) =>
            {
                http.Request.EnableBuffering();
                return next(http);
            }));
            app.UseRouting();
            app.MapPost("/", (Order order) => order.Quantity);
            app.MapPost("/buffered", (Order order) => order.Quantity);
            app.MapPost("/small", (Order order) => order.Quantity).WithMetadata(new RequestSizeLimitAttribute(64));
            app.MapPost("/large", (Order order) => order.Quantity).WithMetadata(new RequestSizeLimitAttribute(50_000));
            app.MapPost("/unlimited", (Order order) => order.Quantity).WithMetadata(new DisableRequestSizeLimitAttribute());
        },
        options: input => input.MaxBodyBytes = Limit,
        kestrel: kestrel);
}
