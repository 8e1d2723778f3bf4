using System.ComponentModel.DataAnnotations;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Reading;

public sealed class BodyGuardTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_absent_or_empty(bool onKestrel)
    {
        await using var app = await StartAsync(onKestrel, a =>
        {
            a.MapPost("/required", (Order order) => "some");
            a.MapPost("/optional", (Order? order) => order is null ? "none" : "some");
            a.MapPost("/default", (Order? order = null) => order is null ? "none" : "some");
            a.MapPost("/empty", ([FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] int v) => v);
            a.MapPost("/nullable", ([FromBody] int? v) => v?.ToString(provider: null) ?? "none");
        });

        foreach (var content in new Func<HttpContent?>[] { () => null, () => Json(""), () => new UnannouncedContent([]) { Headers = { ContentType = new("application/json") } } })
        {
            Assert.Equal([" required"], (await SendAsync("/required", content())).Rules);
            (await SendAsync("/optional", content())).IsOk("none");
            (await SendAsync("/default", content())).IsOk("none");
            (await SendAsync("/empty", content())).IsOk("0");
            (await SendAsync("/nullable", content())).IsOk("none");
        }

        Assert.Equal([" required"], (await SendAsync("/required", Json("null"))).Rules);
        (await SendAsync("/optional", Json("null"))).IsOk("none");
        (await SendAsync("/nullable", Json("null"))).IsOk("none");
        (await SendAsync("/nullable", Json("\" 7.0 \""))).IsOk("7");
        Assert.Equal([" type"], (await SendAsync("/nullable", Json("\"x\""))).Rules);
        Assert.Equal([" syntax"], (await SendAsync("/optional", Json("  "))).Rules);

        Task<Answer> SendAsync(string path, HttpContent? content) => app.SendAsync(HttpMethod.Post, path, content);
    }

    [Theory]
    [InlineData(true, 10)]
    [InlineData(true, 10_000)]
    [InlineData(true, 900_000)]
    [InlineData(false, 10)]
    [InlineData(false, 900_000)]
    public async Task A_body_of_any_size_is_bound_announced_or_in_chunks_as_it_came_or_changed(bool onKestrel, int length)
    {
        await using var app = await StartAsync(onKestrel, a => a.MapPost("/", (Order order) => $"{order.Quantity} {order.Note!.Length} {order.Note[^1]}"));
        var note = new string('a', length - 1) + "z";

        foreach (var quantity in new[] { "3", "\"3.0\"" })
        {
            var json = $$"""{"note":"{{note}}","quantity":{{quantity}}}""";
            (await app.PostAsync("/", json)).IsOk($"3 {length} z");
            (await app.SendAsync(HttpMethod.Post, "/", Unannounced(json))).IsOk($"3 {length} z");
            Assert.Equal(["/quantity duplicate"], (await app.PostAsync("/", json[..^1] + ",\"quantity\":4}")).Rules);
        }
    }

    [Theory]
    [InlineData("""{"quantity":3}""")]
    [InlineData("""{"quantity":"3.0"}""")]
    [InlineData("""{"quantity":"x"}""")]
    public async Task Who_buffered_the_body_can_read_the_bytes_that_came_before_and_after(string json)
    {
        var hashes = new List<string>();
        await using var app = await TestApp.OnKestrelAsync(a =>
        {
            a.Use(async (http, next) =>
            {
                http.Request.EnableBuffering();
                hashes.Add(await HashAsync(http.Request));
                await next(http);
                hashes.Add(await HashAsync(http.Request));
            });
            a.MapPost("/", async (Order order, HttpRequest request) =>
            {
                hashes.Add(await HashAsync(request));
                return order.Quantity;
            });
        });

        await app.PostAsync("/", json);
        await app.PostAsync("/", json + new string(' ', 100_000));

        Assert.Equal(2, hashes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(json.Contains('x', StringComparison.Ordinal) ? 4 : 6, hashes.Count);
        Assert.Contains(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json))), hashes, StringComparer.Ordinal);

        static async Task<string> HashAsync(HttpRequest request)
        {
            request.Body.Position = 0;
            var hash = Convert.ToHexString(await SHA256.HashDataAsync(request.Body));
            request.Body.Position = 0;
            return hash;
        }
    }

    [Fact]
    public async Task A_body_that_a_handler_reads_by_itself_is_its_own_matter()
    {
        await using var app = await TestApp.OnKestrelAsync(a =>
        {
            a.MapPost("/stream", async (Stream body, int v) => await ReadAsync(body) + v);
            a.MapPost("/pipe", async ([FromBody] PipeReader body, int v) => await ReadAsync(body.AsStream()) + v);
            a.MapPost("/request", async (HttpRequest request, int v) => await ReadAsync(request.Body) + v).Accepts<Order>("application/json");
        });

        foreach (var path in new[] { "/stream", "/pipe", "/request" })
        {
            (await app.PostAsync(path + "?v=7.0", """{"quantity":"x"}""")).IsOk("""{"quantity":"x"}7""");
            Assert.Equal(["query:v type"], (await app.PostAsync(path + "?v=x", """{"quantity":"x"}""")).Rules);
        }

        static async Task<string> ReadAsync(Stream body)
        {
            using var reader = new StreamReader(body);
            return await reader.ReadToEndAsync();
        }
    }

    [Fact]
    public async Task A_body_that_a_middleware_put_in_place_is_the_one_that_is_read()
    {
        await using var app = await TestApp.OnKestrelAsync(a =>
        {
            a.Use((http, next) =>
            {
                http.Request.Body = new MemoryStream("""{"quantity":"5.0"}"""u8.ToArray());
                return next(http);
            });
            a.MapPost("/", (Order order) => order.Quantity);
        });

        (await app.PostAsync("/", """{"quantity":"x"}""")).IsOk("5");
    }

    [Fact]
    public async Task Rules_run_on_what_could_be_read_beside_what_could_not()
    {
        await using var app = await TestApp.StartAsync(a => a.MapPost("/", (Basket basket) => basket.Count));

        Assert.Equal(["/count type", "/lines/0/quantity range"], (await app.PostAsync("/", """{"count":"x","lines":[{"quantity":0}]}""")).Rules);
        Assert.Equal(["/lines/0/quantity range"], (await app.PostAsync("/", """{"count":1,"lines":[{"quantity":0}]}""")).Rules);
        Assert.Equal(["/lines/0/quantity range"], (await app.PostAsync("/", """{"count":"1.0","lines":[{"quantity":"0"}]}""")).Rules);
        (await app.PostAsync("/", """{"count":"1.0","lines":[{"quantity":"2"}]}""")).IsOk("1");
        (await app.SendAsync(HttpMethod.Post, "/", Unannounced("""{"count":1,"lines":[{"quantity":2}]}"""))).IsOk("1");
    }

    private static Task<TestApp> StartAsync(bool onKestrel, Action<WebApplication> map) => onKestrel ? TestApp.OnKestrelAsync(map) : TestApp.StartAsync(map);

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static UnannouncedContent Unannounced(string json) => new(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new("application/json") } };

    private sealed record Basket(int Count, Line[] Lines);

    private sealed record Line([Range(1, 9)] int Quantity);
}
