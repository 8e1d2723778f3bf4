using System.Globalization;
using System.Text;
using Roadworthy.Errors.Exceptions;
using Roadworthy.Errors.Json;
using Roadworthy.Errors.Masking;
using Roadworthy.Errors.Output;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Readable;

/// <summary>One line a record, and below it the exception with the application's own frames in front.</summary>
internal sealed class ReadableRecordFormatter(int maxBytes, Masker masker, Palette palette) : IRecordFormatter
{
    private const int ShortTrace = 8;
    private const int MostMessageChars = 4_096;

    public void Format(in RecordInput input, WriteBytes receiver)
    {
        var text = new StringBuilder(256);
        Headline(text, input);
        if (input.Root is not null)
        {
            new ReadableException(text, masker, palette).Write(input.Root, "");
        }

        receiver(Bounded(text));
    }

    private void Headline(StringBuilder text, in RecordInput input)
    {
        var level = palette.Of(input.Level);
        var template = StateFields.Template(input.State);
        var message = masker.Apply(MaskedMessage.Of(input.Message, template, input.State, masker), MostMessageChars, out var cut);
        text.Append(palette.Dim).Append(input.Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)).Append(palette.Reset)
            .Append(' ').Append(level).Append(LevelNames.Short(input.Level)).Append(palette.Reset)
            .Append(' ').Append(palette.Cyan);
        Printable.Append(text, ShortCategory(input.Category));
        text.Append(palette.Reset).Append(' ');
        Printable.Append(text, message);
        Printable.AppendCut(text, cut);
        text.Append(palette.Dim);
        // A message that names the request by itself says more than the pattern of its route.
        if (input.Request is { Method: { } method } request && !message.StartsWith($"{method} ", StringComparison.Ordinal))
        {
            Printable.Append(text, $"  {method} {request.Route}".TrimEnd());
        }

        if (input.Request.TraceId is { } trace)
        {
            Printable.Append(text, $"  [{trace[..Math.Min(ShortTrace, trace.Length)]}]");
        }

        text.Append(palette.Reset).Append('\n');
    }

    private static string ShortCategory(string category) => category[(category.LastIndexOf('.') + 1)..];

    private byte[] Bounded(StringBuilder text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (bytes.Length <= maxBytes)
        {
            return bytes;
        }

        var end = Encoding.UTF8.GetBytes($"{palette.Reset}\n  … cut at {maxBytes} bytes\n");
        var keep = maxBytes - end.Length;
        while (keep > 0 && (bytes[keep] & 0xC0) == 0x80)
        {
            keep--;
        }

        return [.. bytes.AsSpan(0, keep), .. end];
    }
}
