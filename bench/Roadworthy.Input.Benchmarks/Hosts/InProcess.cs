using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Roadworthy.Input.Benchmarks.Hosts;

/// <summary>
/// One request again and again through a host's routing and endpoint, without a server: routing, the guard where there is one,
/// binding, and an empty handler. The context and its features are used again, as Kestrel does.
/// </summary>
internal sealed class InProcess
{
    private readonly RequestDelegate _pipeline;
    private readonly DefaultHttpContext _context = new();
    private readonly ArrivedBody _body;
    private readonly Response _response = new();
    private readonly Action<IFeatureCollection> _set;

    public InProcess(WebApplication app, string method, string path, string query, byte[] body)
    {
        _pipeline = ((IApplicationBuilder)app).Build();
        _context.ServiceScopeFactory = app.Services.GetRequiredService<IServiceScopeFactory>();
        _body = new(body);
        IHeaderDictionary headers = new HeaderDictionary();
        if (body.Length > 0) (headers.ContentType, headers.ContentLength) = ("application/json", body.Length);
        _set = features =>
        {
            features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = method, Path = path, QueryString = query, Scheme = "http", Protocol = "HTTP/1.1", Headers = headers, Body = _body.Rewind() });
            features.Set<IHttpResponseFeature>(_response);
            features.Set<IHttpResponseBodyFeature>(_response);
            features.Set<IHttpRequestBodyDetectionFeature>(_body);
            features.Set<IRequestBodyPipeFeature>(_body);
        };
    }

    public int Status => _response.StatusCode;

    public void Run()
    {
        var features = new FeatureCollection(8);
        _response.Reset();
        _set(features);
        _context.Initialize(features);
        var running = _pipeline(_context);
        if (!running.IsCompletedSuccessfully) running.GetAwaiter().GetResult();
        _response.Complete();
        _context.Uninitialize();
    }

    /// <summary>A body that has arrived, in the blocks of 4 KB in which Kestrel keeps it.</summary>
    private sealed class ArrivedBody(byte[] bytes) : IHttpRequestBodyDetectionFeature, IRequestBodyPipeFeature
    {
        private const int Block = 4096;
        private readonly ReadOnlySequence<byte> _blocks = Segment.Of(bytes, Block);

        public bool CanHaveBody => bytes.Length > 0;

        public PipeReader Reader { get; private set; } = PipeReader.Create(ReadOnlySequence<byte>.Empty);

        public Stream Rewind()
        {
            Reader = PipeReader.Create(_blocks);
            return Reader.AsStream();
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Of(byte[] bytes, int size)
        {
            if (bytes.Length <= size) return new(bytes);
            var first = new Segment { Memory = bytes.AsMemory(0, size) };
            var last = first;
            for (var start = size; start < bytes.Length; start += size)
            {
                var next = new Segment { Memory = bytes.AsMemory(start, Math.Min(size, bytes.Length - start)), RunningIndex = start };
                last.Next = next;
                last = next;
            }

            return new(first, 0, last, last.Memory.Length);
        }
    }
}
