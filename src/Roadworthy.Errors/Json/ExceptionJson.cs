using System.Globalization;
using Roadworthy.Errors.Exceptions;

namespace Roadworthy.Errors.Json;

/// <summary>Writes an exception's tree so that each exception gets its share of the record, the outermost the largest.</summary>
internal sealed class ExceptionJson(ValueWriter values)
{
    private const int ForTypeNames = 512;
    private const int ForFrame = 1_024;

    public void Write(RecordWriter writer, ExceptionNode root) => Node(writer, "exception"u8, root, root.Total);

    // Gives back how many exceptions are still to come.
    private int Node(RecordWriter writer, ReadOnlySpan<byte> name, ExceptionNode node, int left)
    {
        if (!writer.Open(name, '{'))
        {
            return left - 1;
        }

        var share = node.Depth == 0 ? Math.Max(writer.Room / left, writer.Room / 3) : writer.Room / left;
        var limit = writer.Limit(share);
        Own(writer, node, share);
        writer.Unlimit(limit);
        left--;
        if (node.Inner is not null)
        {
            left = Node(writer, "inner"u8, node.Inner, left);
        }

        if (node.Children is not null && writer.Open("children"u8, '['))
        {
            foreach (var child in node.Children)
            {
                left = Node(writer, default, child, Math.Max(left, 1));
            }

            writer.Close(']');
        }

        writer.Close('}');
        return Math.Max(left, 1);
    }

    private void Own(RecordWriter writer, ExceptionNode node, int share)
    {
        values.Text(writer, "type"u8, node.Type, ForTypeNames);
        values.Text(writer, "message"u8, node.Message, share / 4);
        if (node.Repeated)
        {
            writer.Raw("repeated"u8, "true"u8);
            return;
        }

        if (node.Skipped > 0)
        {
            writer.Formatted("skipped"u8, node.Skipped, default, quoted: false);
        }

        Span<byte> hresult = stackalloc byte[12];
        System.Text.Unicode.Utf8.TryWrite(hresult, CultureInfo.InvariantCulture, $"\"0x{node.HResult:X8}\"", out _);
        writer.Raw("hresult"u8, hresult);
        Part(writer, "pg"u8, node.Pg, share / 8);
        Part(writer, "errors"u8, node.Errors, share / 8);
        Part(writer, "data"u8, node.Data, share / 8);
        Part(writer, "properties"u8, node.Properties, share / 8);
        Frames(writer, node.Frames);
    }

    private void Part(RecordWriter writer, ReadOnlySpan<byte> name, object? part, int most)
    {
        if (part is not null)
        {
            var limit = writer.Limit(most);
            values.Value(writer, name, part, 0);
            writer.Unlimit(limit);
        }
    }

    private static void Frames(RecordWriter writer, StackLines frames)
    {
        if (frames.Count == 0 || !writer.Open("frames"u8, '['))
        {
            return;
        }

        var fit = FrameSelection.Fit(frames, writer.Room, ForFrame);
        Lines(writer, frames, 0, fit.First);
        var skipped = frames.Count - fit.First - fit.Last + frames.Skipped;
        if (skipped > 0)
        {
            writer.Formatted(default, new Skip(skipped), default, quoted: true);
        }

        Lines(writer, frames, frames.Count - fit.Last, frames.Count);
        writer.Close(']');
    }

    private static void Lines(RecordWriter writer, StackLines frames, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            writer.String(default, frames[i], ForFrame);
        }
    }

    private readonly record struct Skip(int Frames) : IUtf8SpanFormattable
    {
        public bool TryFormat(Span<byte> destination, out int written, ReadOnlySpan<char> format, IFormatProvider? provider) =>
            System.Text.Unicode.Utf8.TryWrite(destination, provider, $"skipped {Frames}", out written);
    }
}
