using System.Net;

namespace Roadworthy.Input.Tests.Support;

/// <summary>Content whose length is not told: HTTP/1.1 sends it in chunks.</summary>
internal sealed class UnannouncedContent(byte[] bytes) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
