using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Roadworthy.Idempotency.Requests;

/// <summary>The body on its way to the binder, hashed as it is read: nothing is buffered, and nothing is read twice.</summary>
internal sealed class HashedBody(PipeReader body) : PipeReader, IRequestBodyPipeFeature, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ReadOnlySequence<byte> _last;
    private bool _isEnded;

    public PipeReader Reader => this;

    /// <summary>Runs an endpoint with a hashed body in the place of the one that came.</summary>
    public static async Task RunAsync(HttpContext http, RequestDelegate endpoint)
    {
        var (pipe, stream) = (http.Features.Get<IRequestBodyPipeFeature>(), http.Request.Body);
        using var hashed = new HashedBody(http.Request.BodyReader);
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

    /// <summary>The hash of all of it; what nobody has read is read now.</summary>
    public async ValueTask<byte[]> FinishAsync(CancellationToken cancellationToken)
    {
        while (!_isEnded)
        {
            var read = await ReadAsync(cancellationToken);
            AdvanceTo(read.Buffer.End);
            _isEnded |= read.IsCompleted;
        }

        return _hash.GetCurrentHash();
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!body.TryRead(out result)) return false;
        _last = result.Buffer;
        return true;
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await body.ReadAsync(cancellationToken);
        _last = result.Buffer;
        return result;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        foreach (var segment in _last.Slice(_last.Start, consumed)) _hash.AppendData(segment.Span);
        _last = default;
        body.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => body.CancelPendingRead();

    // Whoever completes it says that the rest is of no interest to him: it still tells one request from another.
    public override void Complete(Exception? exception = null)
    {
    }

    public void Dispose() => _hash.Dispose();
}
