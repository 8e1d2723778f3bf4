using System.Collections;
using System.Text;
using Roadworthy.Errors.Exceptions;
using Roadworthy.Errors.Json;
using Roadworthy.Errors.Masking;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Readable;

internal sealed class ReadableException(StringBuilder text, Masker masker, Palette palette)
{
    private const int MostMessageChars = 2_048;
    private const int MostValueChars = 512;
    private const int MostOwnFrames = 12;
    private static readonly string[] Frameworks = ["System.", "Microsoft.", "Npgsql.", "lambda_method"];

    public void Write(ExceptionNode node, string indent)
    {
        var inside = indent + "    ";
        text.Append(inside).Append(palette.Red);
        Masked($"{Short(node.Type)}: {node.Message}", MostMessageChars);
        text.Append(palette.Reset).Append(node.Repeated ? " (shown elsewhere)\n" : "\n");
        Values(inside, "pg", node.Pg);
        Values(inside, "data", node.Data);
        Values(inside, "with", node.Properties);
        foreach (var error in node.Errors ?? [])
        {
            Values(inside, "error", error as List<KeyValuePair<string, object?>> ?? [new("", error)]);
        }

        Frames(inside, node.Frames);
        if (node.Skipped > 0)
        {
            text.Append(inside).Append(palette.Dim).Append("  … ").Append(node.Skipped).Append(" exceptions left out").Append(palette.Reset).Append('\n');
        }

        if (node.Inner is not null)
        {
            Label(inside, "caused by");
            Write(node.Inner, indent);
        }

        var number = 0;
        foreach (var child in node.Children ?? [])
        {
            Label(inside, $"child {++number} of {node.Children!.Count}");
            Write(child, indent + "  ");
        }
    }

    private void Frames(string indent, StackLines frames)
    {
        var own = 0;
        var dimmed = frames.Skipped;
        for (var i = 0; i < frames.Count; i++)
        {
            if (IsFramework(frames[i]) || own == MostOwnFrames)
            {
                dimmed++;
                continue;
            }

            own++;
            text.Append(indent).Append("  ").Append(palette.Bold);
            Printable.Append(text, frames[i]);
            text.Append(palette.Reset).Append('\n');
        }

        if (own == 0 && frames.Count > 0)
        {
            text.Append(indent).Append("  ");
            Printable.Append(text, frames[0]);
            text.Append('\n');
            dimmed--;
        }

        if (dimmed > 0)
        {
            text.Append(indent).Append(palette.Dim).Append("  … ").Append(dimmed).Append(" more frames").Append(palette.Reset).Append('\n');
        }
    }

    private void Values(string indent, string label, List<KeyValuePair<string, object?>>? values)
    {
        if (values is null or [])
        {
            return;
        }

        text.Append(indent).Append("  ").Append(palette.Yellow).Append(label).Append(palette.Reset);
        foreach (var (key, value) in values)
        {
            text.Append(' ');
            Masked(key.Length > 0 ? key + "=" : "", MostValueChars);
            Masked(masker.IsSecret(key) ? TextMasker.Mask : Display(value), MostValueChars);
        }

        text.Append('\n');
    }

    private string Display(object? value) => value switch
    {
        null => "null",
        string single => single,
        IEnumerable<KeyValuePair<string, object?>> pairs =>
            string.Join(", ", pairs.Select(p => $"{p.Key}={(masker.IsSecret(p.Key) ? TextMasker.Mask : Guarded.Text(p.Value!, ValueWriter.DisplayText))}")),
        ICollection several => string.Join(", ", Sequence.Take(several, ValueWriter.MostElements, out _).Select(e => Guarded.Text(e!, ValueWriter.DisplayText))),
        _ => Guarded.Text(value, ValueWriter.DisplayText) ?? "",
    };

    private void Label(string indent, string label) =>
        text.Append(indent).Append(palette.Dim).Append(label).Append(palette.Reset).Append('\n');

    private void Masked(string value, int mostChars)
    {
        Printable.Append(text, masker.Apply(value, mostChars, out var cut));
        Printable.AppendCut(text, cut);
    }

    private static string Short(string type) => type[(type.LastIndexOf('.') + 1)..];

    private static bool IsFramework(ReadOnlySpan<char> frame)
    {
        foreach (var prefix in Frameworks)
        {
            if (frame.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return frame.StartsWith("---", StringComparison.Ordinal);
    }
}
