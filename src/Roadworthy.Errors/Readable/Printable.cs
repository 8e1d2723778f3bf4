using System.Text;
using Roadworthy.Errors.Json;

namespace Roadworthy.Errors.Readable;

internal static class Printable
{
    /// <summary>Without anything that could move the cursor, colour the terminal or begin a line; a line feed becomes a visible sign.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if (c == '\n')
            {
                text.Append(" ⏎ ");
            }
            else if (c == '\t')
            {
                text.Append(' ');
            }
            else if (!Characters.IsUnsafe(c))
            {
                text.Append(c);
            }
        }
    }

    public static void AppendCut(StringBuilder text, int cut)
    {
        if (cut > 0)
        {
            text.Append("…[+").Append(cut).Append(" chars]");
        }
    }
}
