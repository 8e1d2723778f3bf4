using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Input;
using Storefront.Tests.Support;

namespace Storefront.Tests.Input;

/// <summary>Bodies that come slowly, in pieces, not to their end, or without any.</summary>
public sealed class BodyTransferTests(PostgresFixture postgres)
{
    private const int TenMegabytes = 10 * 1024 * 1024;
    private const string Path = "/api/signup";

    [Fact]
    public async Task A_body_that_trickles_in_is_ended_by_the_least_rate()
    {
        await using var host = await StartAsync(kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 10_000, gracePeriod: TimeSpan.FromSeconds(1.1)));
        var body = Body(People.NewEmail(), padding: 60_000);
        using var request = await RawRequest.PostAsync(host.Address, Path, Length(body.Length));
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        await request.TrickleAsync(body, ticks);
        ShouldBeProblem(await request.AnswerAsync(), 408, "request-timeout");
        await NothingHappenedAsync(host);
    }

    [Fact]
    public async Task A_byte_at_a_time_is_read_like_any_other_body()
    {
        await using var host = await StartAsync();
        var (email, chunked) = (People.NewEmail(), People.NewEmail());
        var body = Body(email);
        using var whole = await RawRequest.PostAsync(host.Address, Path, Length(body.Length) + "Connection: close\r\n");
        await whole.TrickleAsync(body);
        Assert.StartsWith("HTTP/1.1 201 ", await whole.AnswerAsync(), StringComparison.Ordinal);

        using var pieces = await RawRequest.PostAsync(host.Address, Path, "Transfer-Encoding: chunked\r\nConnection: close\r\n");
        foreach (var one in Body(chunked)) await pieces.SendAsync(Chunk([one]));
        await pieces.SendAsync("0\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 201 ", await pieces.AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal(["Ädä 🚀", "Ädä 🚀"], await Sql.ColumnAsync<string>(host.ConnectionString, "SELECT name FROM users"));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task A_body_that_the_client_breaks_off_is_nobodys_error(bool tellsLength, bool reset)
    {
        await using var host = await StartAsync();
        var body = Body(People.NewEmail());
        using var request = await RawRequest.PostAsync(host.Address, Path, $"Expect: 100-continue\r\n{(tellsLength ? Length(body.Length) : "Transfer-Encoding: chunked\r\n")}");
        await request.ContinuedAsync();
        var half = body.AsMemory(0, body.Length / 2);
        await request.SendAsync(tellsLength ? half : Chunk(half.ToArray()));
        if (reset) request.Reset();
        else request.HangUp();
        var record = await host.RequestRecordAsync(Path);
        Assert.InRange(record.GetProperty("state").GetProperty("Status").GetInt32(), 400, 499);
        await NothingHappenedAsync(host);
    }

    [Fact]
    public async Task Ten_megabytes_that_are_told_are_refused_before_they_are_sent()
    {
        await using var host = await StartAsync();
        using var request = await RawRequest.PostAsync(host.Address, Path, Length(TenMegabytes) + "Connection: close\r\n");
        ShouldBeProblem(await request.AnswerAsync(), 413, "content-too-large");
        await NothingHappenedAsync(host);
    }

    [Fact]
    public async Task Ten_megabytes_that_are_not_told_are_refused_as_soon_as_they_are_too_long()
    {
        await using var host = await StartAsync();
        using var request = await RawRequest.PostAsync(host.Address, Path, "Transfer-Encoding: chunked\r\n");
        var chunk = Chunk(Encoding.ASCII.GetBytes(new string(' ', 64 * 1024)));
        var sent = 0;
        try
        {
            for (; sent < TenMegabytes; sent += 64 * 1024) await request.SendAsync(chunk);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Refused while it was being sent, as it shall be.
        }

        // An answer that a reset has overtaken is lost to the client; the backend's own record is not.
        if (sent >= TenMegabytes) ShouldBeProblem(await request.AnswerAsync(), 413, "content-too-large");
        var record = await host.RequestRecordAsync(Path);
        Assert.Equal(413, record.GetProperty("state").GetProperty("Status").GetInt32());
        await NothingHappenedAsync(host);
    }

    [Fact]
    public async Task A_body_without_a_length_or_an_end_is_refused()
    {
        await using var host = await StartAsync();
        var answer = await RawHttp.SendAsync(host.Address, $"POST {Path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n");
        ShouldBeProblem(answer, 400, "invalid-input");
        await NothingHappenedAsync(host);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("ffffffff")]
    [InlineData("fffffffff")]
    [InlineData("ffffffffffffffffffff")]
    public async Task A_chunk_whose_size_is_none_is_nobodys_error(string size)
    {
        await using var host = await StartAsync();
        using var request = await RawRequest.PostAsync(host.Address, Path, "Transfer-Encoding: chunked\r\nConnection: close\r\n");
        await request.SendAsync(Encoding.ASCII.GetBytes($"{size}\r\n{{}}\r\n0\r\n\r\n"));
        Assert.Matches("^HTTP/1.1 4(00|13) ", await request.AnswerAsync());
        await NothingHappenedAsync(host);
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_000, false)]
    [InlineData(100_000, true)]
    [InlineData(100_000, false)]
    public async Task Nesting_has_a_bound(int depth, bool ends)
    {
        await using var host = await StartAsync();
        var deep = new string('[', depth) + (ends ? new string(']', depth) : "");
        foreach (var body in (string[])[deep, $$"""{"name":{{deep}}}""", $$"""{"unknown":{{deep}}}""", $$"""{"unknown":{{deep.Replace("[", "{\"\":", StringComparison.Ordinal).Replace(']', '}')}}}"""])
        {
            var answer = await host.Anonymous.PostTextAsync(Path, body);
            await Task.FromResult(answer).ShouldBeProblemAsync(body.Length > Storefront.Hosting.Limits.MaxBodyBytes ? 413 : 400);
        }

        await NothingHappenedAsync(host);
    }

    [Fact]
    public async Task A_hundred_thousand_members_are_too_many()
    {
        await using var host = await StartAsync(kestrel => kestrel.Limits.MaxRequestBodySize = TenMegabytes, input => input.MaxBodyBytes = TenMegabytes);
        var body = $$"""{"age":-1,{{string.Join(',', Enumerable.Range(0, 100_000).Select(n => $"\"{n:x}\":0"))}},"name":5}""";
        var problem = await host.Anonymous.PostTextAsync(Path, body).ShouldBeProblemAsync(400, "invalid-input");
        Assert.Contains("\"members\"", problem.GetProperty("rules").GetRawText(), StringComparison.Ordinal);
        await NothingHappenedAsync(host);
    }

    /// <summary>Nobody decompresses: a few bytes could become hundreds of megabytes.</summary>
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_is_refused_as_the_bytes_that_it_is(string encoding)
    {
        await using var host = await StartAsync();
        using var compressed = new MemoryStream();
        await using (Stream pack = encoding switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
            _ => new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
        })
            await pack.WriteAsync(Body(People.NewEmail(), padding: TenMegabytes));
        var content = new ByteArrayContent(compressed.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        await host.Anonymous.AskAsync("POST", Path, content).ShouldBeProblemAsync(400, "invalid-input");
        await NothingHappenedAsync(host);
    }

    private static byte[] Body(string email, int padding = 0) => Encoding.UTF8.GetBytes(
        $$"""{{new string(' ', padding)}}{"email":"{{email}}","password":"{{People.Password}}","name":"Ädä 🚀","age":42}""");

    private static string Length(int length) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");

    private static byte[] Chunk(byte[] data) => [.. Encoding.ASCII.GetBytes($"{data.Length:x}\r\n"), .. data, .. "\r\n"u8];

    private static void ShouldBeProblem(string answer, int status, string kind)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains($"\"type\":\"urn:roadworthy:problem:{kind}\"", answer, StringComparison.Ordinal);
    }

    private static async Task NothingHappenedAsync(StorefrontHost host)
    {
        Assert.Empty(host.FlushedRecords().Where(record => record.Level() is "Error" or "Critical").Select(record => record.GetRawText()));
        Assert.Equal(0L, await Sql.ScalarAsync<long>(host.ConnectionString, "SELECT count(*) FROM users"));
    }

    private async Task<StorefrontHost> StartAsync(Action<KestrelServerOptions>? kestrel = null, Action<InputOptions>? input = null)
    {
        var database = await postgres.CloneAsync();
        return await StorefrontHost.StartAsync(database.ConnectionString, database, configure: builder =>
        {
            if (kestrel is not null) builder.Services.PostConfigure(kestrel);
            if (input is not null) builder.Services.PostConfigure(input);
        });
    }
}
