using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Roadworthy.Idempotency.Keys;

namespace Roadworthy.Idempotency.Requests;

/// <summary>
/// The body on its way to the binder, hashed as it is read. What the binder left is kept for the handler, in a file where it is long, and given to
/// each of its attempts; a body that was bound is neither buffered nor read twice.
/// </summary>
internal sealed class HashedBody(PipeReader body) : PipeReader, IRequestBodyPipeFeature, IAsyncDisposable
{
    private const int KeptInMemory = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private PipeReader _body = body;
    private ReadOnlySequence<byte> _last;
    private long _hashed;
    private byte[]? _result;
    private FileBufferingReadStream? _rest;

    public PipeReader Reader => this;

    public static bool IsNeeded(HttpContext http) => http.Request.Headers.ContainsKey(IdempotencyKey.Header) && http.Features.Get<HashedBody>() is null;

    /// <summary>Runs an endpoint with a hashed body in the place of the one that came.</summary>
    public static async Task RunAsync(HttpContext http, RequestDelegate endpoint)
    {
        var (pipe, stream) = (http.Features.Get<IRequestBodyPipeFeature>(), http.Request.Body);
        await using var hashed = new HashedBody(http.Request.BodyReader);
        http.Request.Body = hashed.AsStream(leaveOpen: true);
        http.Features.Set<IRequestBodyPipeFeature>(hashed);
        http.Features.Set(hashed);
        try
        {
            await endpoint(http);
        }
        finally
        {
            http.Features.Set<HashedBody>(null);
            http.Request.Body = stream;
            http.Features.Set(pipe);
        }
    }

    /// <summary>The hash of all of it, read by now or not.</summary>
    /// <exception cref="InvalidOperationException">Somebody before the endpoint read it, and it is gone.</exception>
    public async ValueTask<byte[]> FinishAsync(HttpContext http)
    {
        if (_result is not null) return _result;
        await KeepRestAsync(http.RequestAborted);
        if (_hashed == 0)
        {
            if (http.Features.Get<IFormFeature>()?.Form is { } form) await FormHash.AddAsync(_hash, form, http.RequestAborted);
            else if (http.Request.ContentLength > 0) throw new InvalidOperationException(
                "The body of a request with an Idempotency-Key was read before its endpoint, so that it can't be told from another one. Nothing was done. Let what reads it call Request.EnableBuffering() before and set Request.Body.Position to 0 after, or read it behind the endpoint.");
        }

        _result = _hash.GetHashAndReset();
        Rewind();
        return _result;
    }

    /// <summary>Gives the handler once more what the binder left of the body.</summary>
    public void Rewind()
    {
        if (_rest is null) return;
        _rest.Position = 0;
        _body = Create(_rest, new(leaveOpen: true));
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!_body.TryRead(out result)) return false;
        _last = result.Buffer;
        return true;
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await _body.ReadAsync(cancellationToken);
        _last = result.Buffer;
        return result;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_result is null) Hash(_last.Slice(_last.Start, consumed));
        _last = default;
        _body.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _body.CancelPendingRead();

    // Whoever completes it says that the rest is of no interest to him: it still tells one request from another.
    public override void Complete(Exception? exception = null)
    {
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        if (_rest is not null) await _rest.DisposeAsync();
    }

    private async ValueTask KeepRestAsync(CancellationToken cancellationToken)
    {
        var read = await ReadAsync(cancellationToken);
        var isEnd = read.IsCompleted && read.Buffer.IsEmpty;
        // Looked at, and not yet hashed.
        AdvanceTo(read.Buffer.Start);
        if (isEnd) return;
        _rest = new(AsStream(leaveOpen: true), KeptInMemory);
        await _rest.DrainAsync(cancellationToken);
    }

    private void Hash(ReadOnlySequence<byte> bytes)
    {
        _hashed += bytes.Length;
        foreach (var segment in bytes) _hash.AppendData(segment.Span);
    }
}
