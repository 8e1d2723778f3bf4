using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Roadworthy.Input.Bodies;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>The bytes of a body as they come in.</summary>
internal static class Incoming
{
    /// <summary>A length that a client only claims is not believed beyond this.</summary>
    private const int MostInAdvance = 65_536;

    /// <summary>Reads without waiting.</summary>
    public static ValueTask<ReadResult> Start(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        if (reader.TryRead(out var there))
        {
            if (there.IsCompleted || there.Buffer.Length != http.Request.ContentLength) return new(there);
            reader.AdvanceTo(there.Buffer.Start, there.Buffer.End);
            return reader.ReadAsync();
        }

        var reading = reader.ReadAsync();
        if (!reading.IsCompletedSuccessfully) return reading;
        var read = reading.Result;
        if (read.IsCompleted || read.Buffer.Length != http.Request.ContentLength) return new(read);

        // A stream tells its end only after its last byte: one that has all that was announced is asked again.
        reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        return reader.ReadAsync();
    }

    /// <param name="http">The request.</param>
    /// <param name="known">How many bytes are there already.</param>
    /// <param name="limit">The most bytes that are read.</param>
    public static int Capacity(HttpContext http, long known, long limit) =>
        (int)Math.Max(known <= limit ? known : 0, Math.Min(http.Request.ContentLength ?? MostInAdvance, MostInAdvance));

    /// <summary>Collects the bytes, up to the limit.</summary>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public static async ValueTask<BodyVerdict> FillAsync(HttpContext http, ValueTask<ReadResult> pending, PooledBuffer bytes, long limit)
    {
        var reader = http.Request.BodyReader;
        var cancelled = http.RequestAborted;

        // Not by the token: Kestrel's reader would be left in the middle of a read, and the server logs an error for that.
        using var registration = cancelled.UnsafeRegister(static state => ((PipeReader)state!).CancelPendingRead(), reader);
        try
        {
            while (true)
            {
                var read = await pending.ConfigureAwait(false);
                var fits = read.Buffer.Length <= limit - bytes.Length;
                if (fits)
                {
                    foreach (var piece in read.Buffer) bytes.Write(piece.Span);
                }

                reader.AdvanceTo(read.Buffer.End);
                if (!fits) return new BodyVerdict(StatusCodes.Status413PayloadTooLarge);
                if (read.IsCompleted) return default;
                cancelled.ThrowIfCancellationRequested();
                pending = reader.ReadAsync(CancellationToken.None);
            }
        }
        catch (Exception failure) when (ReadFailure.Judge(failure, http) is not null)
        {
            return ReadFailure.Judge(failure, http)!.Value;
        }
    }
}
