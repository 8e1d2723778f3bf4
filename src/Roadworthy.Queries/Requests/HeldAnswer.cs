using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Roadworthy.Queries.Requests;

/// <summary>
/// Holds an answer back until its request has been judged: else a failure could not be answered anymore. What is longer than is held, and what asks not
/// to be buffered, goes through.
/// </summary>
internal sealed class HeldAnswer : StreamResponseBodyFeature
{
    private readonly HttpContext _http;
    private readonly IHttpResponseBodyFeature _own;
    private readonly HoldingStream _held;

    private HeldAnswer(HttpContext http, IHttpResponseBodyFeature own, HoldingStream held)
        : base(held, own) => (_http, _own, _held) = (http, own, held);

    public static HeldAnswer Begin(HttpContext http)
    {
        var own = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var answer = new HeldAnswer(http, own, new(own.Stream));
        http.Features.Set<IHttpResponseBodyFeature>(answer);
        return answer;
    }

    public override void DisableBuffering()
    {
        _held.LetThrough();
        base.DisableBuffering();
    }

    /// <summary>Puts the server's own body back, and forgets what is held.</summary>
    public void Drop() => _http.Features.Set(_own);

    /// <summary>Puts the server's own body back, and sends what is held.</summary>
    public async Task ReleaseAsync()
    {
        await CompleteAsync().ConfigureAwait(false);
        Drop();
        await _held.SendAsync().ConfigureAwait(false);
    }

    /// <summary>Keeps what is written, until there is too much of it.</summary>
    private sealed class HoldingStream(Stream own) : Stream
    {
        private const int Most = 16 * 1024 * 1024;

        private MemoryStream? _held = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void LetThrough()
        {
            if (_held is { Length: 0 }) _held = null;
        }

        public async Task SendAsync()
        {
            if (_held is not { } held) return;
            _held = null;
            if (held.Length > 0) await own.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length)).ConfigureAwait(false);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_held is { } held && held.Length + buffer.Length <= Most)
            {
                held.Write(buffer.Span);
                return;
            }

            await SendAsync().ConfigureAwait(false);
            await own.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (_held is { } held && held.Length + count <= Most) held.Write(buffer, offset, count);
            else throw new InvalidOperationException("Synchronous operations are disallowed. Call WriteAsync.");
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => _held is null ? own.FlushAsync(cancellationToken) : Task.CompletedTask;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
