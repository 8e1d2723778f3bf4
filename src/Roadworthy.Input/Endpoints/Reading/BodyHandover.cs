using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Roadworthy.Input.Bodies;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>
/// A body that the guard holds, for the binder: one piece, so that System.Text.Json reads it in one pass. The bytes go back to the pool when the
/// request is through, and only if nobody reads them any more; a handler that was left behind keeps its bytes, and finds an empty pipe from then on.
/// </summary>
/// <param name="bytes">The body; belongs to this from now on.</param>
/// <param name="start">Where it begins in there.</param>
internal sealed class BodyHandover(PooledBuffer bytes, int start) : PipeReader, IRequestBodyPipeFeature
{
    private const int Idle = 0;
    private const int Reading = 1;
    private const int Closed = 2;

    /// <summary>The framework's own switch, read as it does: once.</summary>
    public static readonly bool BinderReadsStream = AppContext.TryGetSwitch("Microsoft.AspNetCore.UseStreamBasedJsonParsing", out var isOn) && isOn;

    private ReadOnlySequence<byte> _rest = new(bytes.Memory[start..]);
    private IRequestBodyPipeFeature? _original;
    private Stream? _originalStream;
    private int _state;
    private int _cancelled;

    public PipeReader Reader => this;

    public void Attach(HttpContext http)
    {
        _original = http.Features.Get<IRequestBodyPipeFeature>();
        http.Features.Set<IRequestBodyPipeFeature>(this);
        if (!BinderReadsStream) return;
        _originalStream = http.Request.Body;
        http.Request.Body = AsStream(leaveOpen: true);
        http.Features.Set<IRequestBodyPipeFeature>(this);
    }

    public void Close(HttpContext http)
    {
        if (_originalStream is not null) http.Request.Body = _originalStream;
        if (ReferenceEquals(http.Features.Get<IRequestBodyPipeFeature>(), this)) http.Features.Set(_original);
        Release();
    }

    /// <summary>Whoever reads at this moment keeps the bytes: then they are left to the garbage collector.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _state, Closed) == Idle) bytes.Dispose();
    }

    public override bool TryRead(out ReadResult result)
    {
        var isCancelled = Interlocked.Exchange(ref _cancelled, 0) == 1;
        result = Interlocked.CompareExchange(ref _state, Reading, Idle) switch
        {
            Idle => new ReadResult(_rest, isCancelled, isCompleted: true),
            Closed => new ReadResult(ReadOnlySequence<byte>.Empty, isCancelled, isCompleted: true),
            _ => throw new InvalidOperationException("The body is being read already."),
        };
        return true;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<ReadResult>(cancellationToken);
        TryRead(out var result);
        return new ValueTask<ReadResult>(result);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (Volatile.Read(ref _state) != Reading) return;
        _rest = _rest.Slice(consumed);
        Interlocked.CompareExchange(ref _state, Idle, Reading);
    }

    public override void CancelPendingRead() => Volatile.Write(ref _cancelled, 1);

    public override void Complete(Exception? exception = null)
    {
        if (Volatile.Read(ref _state) == Closed) return;
        _rest = ReadOnlySequence<byte>.Empty;
        Interlocked.CompareExchange(ref _state, Idle, Reading);
    }

    protected override ValueTask<ReadResult> ReadAtLeastAsyncCore(int minimumSize, CancellationToken cancellationToken) => ReadAsync(cancellationToken);
}
