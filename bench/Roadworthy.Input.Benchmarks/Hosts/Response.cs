using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Roadworthy.Input.Benchmarks.Hosts;

/// <summary>Takes an answer and forgets it.</summary>
internal sealed class Response : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private readonly List<(Func<object, Task> Callback, object State)> _completed = [];
    private readonly List<(Func<object, Task> Callback, object State)> _starting = [];
    private readonly PipeWriter _writer = PipeWriter.Create(Stream.Null, new(leaveOpen: true));

    public int StatusCode { get; set; }

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body { get; set; } = Stream.Null;

    public bool HasStarted { get; private set; }

    public Stream Stream => Stream.Null;

    public PipeWriter Writer => _writer;

    public void Reset()
    {
        (StatusCode, HasStarted) = (StatusCodes.Status200OK, false);
        Headers.Clear();
    }

    public void Complete()
    {
        for (var index = _completed.Count - 1; index >= 0; index--) _completed[index].Callback(_completed[index].State).GetAwaiter().GetResult();
        _completed.Clear();
        _starting.Clear();
        if (_writer.UnflushedBytes > 0) _writer.FlushAsync().AsTask().GetAwaiter().GetResult();
    }

    public void OnStarting(Func<object, Task> callback, object state) => _starting.Add((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Add((callback, state));

    public void DisableBuffering()
    {
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (HasStarted) return;
        HasStarted = true;
        foreach (var (callback, state) in _starting) await callback(state);
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task CompleteAsync() => Task.CompletedTask;
}
