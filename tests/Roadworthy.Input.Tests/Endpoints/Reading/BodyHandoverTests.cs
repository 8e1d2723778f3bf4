using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Endpoints.Reading;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Reading;

public sealed class BodyHandoverTests
{
    [Fact]
    public async Task It_is_read_in_one_piece_and_in_parts()
    {
        var pipe = Handover("0123456789", 2);

        var first = await pipe.ReadAsync();
        Assert.True(first.IsCompleted);
        Assert.True(first.Buffer.IsSingleSegment);
        Assert.Equal("23456789", Encoding.ASCII.GetString(first.Buffer));
        pipe.AdvanceTo(first.Buffer.GetPosition(3), first.Buffer.End);
        Assert.True(pipe.TryRead(out var second));
        Assert.Equal("56789", Encoding.ASCII.GetString(second.Buffer));
        pipe.AdvanceTo(second.Buffer.End);
        Assert.True((await pipe.ReadAtLeastAsync(100)).Buffer.IsEmpty);
    }

    [Fact]
    public async Task It_is_a_stream_too()
    {
        using var reader = new StreamReader(Handover("abc", 0).AsStream());

        Assert.Equal("abc", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task It_keeps_a_pipe_s_rules()
    {
        var pipe = Handover("abc", 0);

        pipe.CancelPendingRead();
        Assert.True(pipe.TryRead(out var cancelled));
        Assert.True(cancelled.IsCanceled);
        Assert.Throws<InvalidOperationException>(() => pipe.TryRead(out _));
        pipe.AdvanceTo(cancelled.Buffer.Start);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipe.ReadAsync(new CancellationToken(canceled: true)).AsTask());
        Assert.False((await pipe.ReadAsync()).IsCanceled);
        await pipe.CompleteAsync();
        Assert.True((await pipe.ReadAsync()).Buffer.IsEmpty);
    }

    [Fact]
    public void Once_it_is_closed_it_is_empty()
    {
        var http = new DefaultHttpContext();
        var original = http.Features.Get<IRequestBodyPipeFeature>();
        var pipe = Handover("abc", 0);
        pipe.Attach(http);
        Assert.Same(pipe, http.Request.BodyReader);

        pipe.Close(http);

        Assert.True(pipe.TryRead(out var read));
        Assert.True(read.IsCompleted);
        Assert.True(read.Buffer.IsEmpty);
        pipe.AdvanceTo(read.Buffer.End);
        pipe.Complete();
        pipe.Release();
        Assert.Same(original, http.Features.Get<IRequestBodyPipeFeature>());
    }

    [Fact]
    public void Whoever_reads_while_it_is_closed_keeps_the_bytes()
    {
        const int Length = 1 << 16;
        var pipe = Handover(new string('a', Length), 0);
        Assert.True(pipe.TryRead(out var read));

        pipe.Release();

        Overwrite(Length);
        Assert.Equal(-1, read.Buffer.FirstSpan.IndexOfAnyExcept((byte)'a'));
        pipe.AdvanceTo(read.Buffer.Start);
        Assert.True(pipe.TryRead(out var late));
        Assert.True(late.Buffer.IsEmpty);
    }

    [Fact]
    public void Nobody_reading_the_bytes_go_back_to_the_pool()
    {
        const int Length = 1 << 16;
        var pipe = Handover(new string('a', Length), 0);
        Assert.True(pipe.TryRead(out var read));
        pipe.AdvanceTo(read.Buffer.End);

        pipe.Release();

        Overwrite(Length);
        Assert.NotEqual(-1, read.Buffer.FirstSpan.IndexOfAnyExcept((byte)'a'));
    }

    [Fact]
    public async Task No_request_sees_the_bytes_of_another_even_one_that_its_handler_left_behind()
    {
        Held.All.Clear();
        await using var app = await TestApp.OnKestrelAsync(a =>
        {
            a.MapPost("/hold", (Held held, Order order) => "never: the pipe is taken");
            a.MapPost("/", (Order order) => order.Note!.AsSpan().IndexOfAnyExcept(order.Note![0]) < 0 ? $"{order.Note![0]} {order.Note!.Length}" : "mixed");
            a.MapPost("/throws", string (Order order) => throw new BadHttpRequestException("mine", 418));
        });

        await Parallel.ForAsync(0, 600, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var mark = (char)('a' + (i % 26));
            var length = 3_000 + (i * 37 % 60_000);
            var body = $$"""{"quantity":"1.0","note":"{{new string(mark, length)}}"}""";
            switch (i % 10)
            {
                case 0:
                    Assert.Equal(500, (await app.PostAsync("/hold", body)).Status);
                    break;
                case 1:
                    Assert.Equal(418, (await app.PostAsync("/throws", body)).Status);
                    break;
                case 2:
                    Assert.Equal(["/quantity duplicate"], (await app.PostAsync("/", body[..^1] + ",\"quantity\":1}")).Rules);
                    break;
                default:
                    (await app.PostAsync("/", body)).IsOk($"{mark} {length}");
                    break;
            }
        });

        Assert.Equal(60, Held.All.Count);
        Assert.All(Held.All, held =>
        {
            var note = Encoding.UTF8.GetString(held.Read.Buffer).Split('"')[^2];
            Assert.Equal(-1, note.AsSpan().IndexOfAnyExcept(note[0]));
            Assert.InRange(note.Length, 3_000, 63_000);
            held.Reader.AdvanceTo(held.Read.Buffer.Start);
            Assert.True(held.Reader.TryRead(out var late) && late.Buffer.IsEmpty);
        });
    }

    private static BodyHandover Handover(string text, int start)
    {
        var bytes = new PooledBuffer(text.Length);
        bytes.Write(Encoding.ASCII.GetBytes(text));
        return new BodyHandover(bytes, start);
    }

    /// <summary>Takes all that the pool may have of this length, and writes into it.</summary>
    private static void Overwrite(int length)
    {
        var rented = Enumerable.Range(0, 200).Select(_ => ArrayPool<byte>.Shared.Rent(length)).ToArray();
        foreach (var array in rented) array.AsSpan().Fill((byte)'z');
        foreach (var array in rented) ArrayPool<byte>.Shared.Return(array);
    }

    /// <summary>Reads the pipe before the binder does, and never lets go of it.</summary>
    private sealed record Held(PipeReader Reader, ReadResult Read)
    {
        public static ConcurrentBag<Held> All { get; } = [];

        public static async ValueTask<Held> BindAsync(HttpContext http)
        {
            var held = new Held(http.Request.BodyReader, await http.Request.BodyReader.ReadAsync());
            All.Add(held);
            return held;
        }
    }
}
