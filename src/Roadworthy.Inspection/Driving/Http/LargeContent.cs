using System.Net;

namespace Roadworthy.Inspection.Driving;

/// <summary>A body behind many spaces, which JSON may begin with: written piece by piece.</summary>
internal sealed class LargeContent(int spaces, byte[] body) : HttpContent
{
    private const int Piece = 64 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var piece = new byte[Piece];
        Array.Fill(piece, (byte)' ');
        for (var left = spaces; left > 0; left -= Piece) await stream.WriteAsync(piece.AsMemory(0, Math.Min(left, Piece)), cancellationToken);
        await stream.WriteAsync(body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = (long)spaces + body.Length;
        return true;
    }
}
