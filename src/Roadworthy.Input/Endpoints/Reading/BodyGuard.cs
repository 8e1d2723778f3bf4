using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Rules;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>
/// Reads the body of one endpoint's requests. One that is there in one piece is looked at where the server holds it, and stays there for the binder;
/// any other is collected, bounded, and handed on in one piece.
/// </summary>
internal sealed class BodyGuard(BodySchema schema, BodyRules? rules, BodyTerms terms, long limit, int maxMembers, UnknownMembers unknown)
{
    private readonly bool _isNullableValue = Nullable.GetUnderlyingType(schema.TypeInfo.Type) is not null;

    public bool HasRules => rules is not null;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public ValueTask<BodyVerdict> CheckAsync(HttpContext http, InputErrors errors)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return new(Missing(http, errors));
        var request = http.Request;
        if (!JsonContent.TryRead(request.ContentType, terms.IsController, out var content))
        {
            return new(new BodyVerdict(terms.IsController ? 0 : StatusCodes.Status415UnsupportedMediaType));
        }

        if (request.ContentLength > limit) return new(TooLong(http));
        ValueTask<ReadResult> reading;
        try
        {
            reading = Incoming.Start(http);
        }
        catch (Exception failure) when (ReadFailure.Judge(failure, http) is not null)
        {
            return new(ReadFailure.Judge(failure, http)!.Value);
        }

        if (!reading.IsCompletedSuccessfully) return CollectAsync(http, reading, 0, content, errors);
        var read = reading.Result;
        var isInPlace = read.IsCompleted && !read.IsCanceled && read.Buffer.IsSingleSegment && content.Encoding is null && !BodyHandover.BinderReadsStream;
        return isInPlace ? CheckInPlaceAsync(http, read.Buffer, content, errors) : CollectAsync(http, new(read), read.Buffer.Length, content, errors);
    }

    /// <summary>A server that won't read the rest either closes the connection after the answer: the client is told, or its next request is lost.</summary>
    private static BodyVerdict TooLong(HttpContext http)
    {
        var isClosed = http.Request.ContentLength > http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        if (isClosed && HttpProtocol.IsHttp11(http.Request.Protocol)) http.Response.Headers.Connection = "close";
        return new BodyVerdict(StatusCodes.Status413PayloadTooLarge);
    }

    private static int MarkLength(ReadOnlySpan<byte> body) => body.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;

    private async ValueTask<BodyVerdict> CheckInPlaceAsync(HttpContext http, ReadOnlySequence<byte> buffer, JsonContent content, InputErrors errors)
    {
        try
        {
            if (buffer.Length > limit) return new BodyVerdict(StatusCodes.Status413PayloadTooLarge);
            var body = buffer.First[MarkLength(buffer.FirstSpan)..];
            if (body.IsEmpty) return Empty(http, errors);
            var document = await ExamineAsync(http, body, errors).ConfigureAwait(false);
            if (content.Rewritten is not null) http.Request.ContentType = content.Rewritten;
            return document is null ? default : new BodyVerdict(0, new BodyHandover(document, 0));
        }
        finally
        {
            http.Request.BodyReader.AdvanceTo(buffer.Start);
        }
    }

    private async ValueTask<BodyVerdict> CollectAsync(HttpContext http, ValueTask<ReadResult> pending, long known, JsonContent content, InputErrors errors)
    {
        PooledBuffer? bytes = new(Incoming.Capacity(http, known, limit));
        try
        {
            var filled = await Incoming.FillAsync(http, pending, bytes, limit).ConfigureAwait(false);
            if (filled.Status != 0) return filled;
            if (content.Encoding is not null)
            {
                if (Transcoding.ToUtf8(bytes.Span, content.Encoding, errors) is not { } utf8) return default;
                bytes.Dispose();
                bytes = utf8;
            }

            var mark = MarkLength(bytes.Span);
            if (bytes.Length == mark) return Empty(http, errors);
            var document = await ExamineAsync(http, bytes.Memory[mark..], errors).ConfigureAwait(false);
            if (errors.Any) return default;
            if (content.Rewritten is not null) http.Request.ContentType = content.Rewritten;
            if (document is not null) return new BodyVerdict(0, new BodyHandover(document, 0));
            var handover = new BodyHandover(bytes, mark);
            bytes = null;
            return new BodyVerdict(0, handover);
        }
        finally
        {
            bytes?.Dispose();
        }
    }

    /// <returns>The body for the binder; null where it is the one that came, or where there are errors.</returns>
    private ValueTask<PooledBuffer?> ExamineAsync(HttpContext http, ReadOnlyMemory<byte> body, InputErrors errors)
    {
        var names = unknown.NewList();
        var reading = BodyReader.Read(body.Span, schema, terms.IsOptional, maxMembers, errors, names);
        unknown.Tell(http, names);
        if (rules is not null && reading.Readable) return RunRulesAsync(rules, http, body, reading.Document, errors);
        if (!errors.Any) return new(reading.Document);
        reading.Document?.Dispose();
        return default;
    }

    private static async ValueTask<PooledBuffer?> RunRulesAsync(
        BodyRules rules, HttpContext http, ReadOnlyMemory<byte> body, PooledBuffer? document, InputErrors errors)
    {
        try
        {
            await rules.CheckAsync(document?.Memory ?? body, errors, http).ConfigureAwait(false);
            if (errors.Any) return null;
            var handed = document;
            document = null;
            return handed;
        }
        finally
        {
            document?.Dispose();
        }
    }

    private BodyVerdict Empty(HttpContext http, InputErrors errors)
    {
        http.Features.Set<IHttpRequestBodyDetectionFeature>(BodyDetection.None);
        return Missing(http, errors);
    }

    private BodyVerdict Missing(HttpContext http, InputErrors errors)
    {
        if (!terms.IsOptional) errors.Add("", InputRule.Required, Wording.BodyMissing);
        else if (_isNullableValue && !terms.IsController) return Null(http);
        return default;
    }

    /// <summary>The binder makes of an absent <c>int?</c> a zero.</summary>
    private static BodyVerdict Null(HttpContext http)
    {
        var text = new PooledBuffer(0);
        text.Write("null"u8);
        http.Features.Set<IHttpRequestBodyDetectionFeature>(BodyDetection.Some);
        http.Request.ContentType = JsonContent.Plain;
        return new BodyVerdict(0, new BodyHandover(text, 0));
    }
}
