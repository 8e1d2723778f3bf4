using System.Text;

namespace Roadworthy.Errors.Tracking.Occurrences;

/// <summary>
/// A method as its author named it. The compiler's names of state machines, closures and lambdas hold ordinals that any change nearby shifts: without them
/// a rebuild gives the same.
/// </summary>
internal static class FrameName
{
    public const string Lambda = "lambda";

    /// <param name="frame">A line of a stack trace, without "at".</param>
    public static string Of(ReadOnlySpan<char> frame)
    {
        var end = frame.IndexOf('(');
        var method = end < 0 ? frame : frame[..end];
        var name = new StringBuilder(method.Length);
        var start = 0;
        var depth = 0;
        var compiled = false;
        for (var i = 0; i <= method.Length; i++)
        {
            if (i < method.Length && (method[i] != '.' || depth > 0))
            {
                depth += method[i] switch { '<' or '[' => 1, '>' or ']' => -1, _ => 0 };
                continue;
            }

            var part = method[start..i];
            // Of a state machine; a MoveNext that somebody wrote is one's own.
            if (!(compiled && part is "MoveNext"))
            {
                Append(name, part);
            }

            compiled = part.StartsWith("<", StringComparison.Ordinal);
            start = i + 1;
        }

        return name.ToString();
    }

    /// <summary>Where the frame is in the source, as <c>File.cs:41</c>; empty where nothing tells.</summary>
    public static string Place(ReadOnlySpan<char> frame)
    {
        var at = frame.LastIndexOf(") in ", StringComparison.Ordinal);
        var line = at < 0 ? -1 : frame.LastIndexOf(":line ", StringComparison.Ordinal);
        if (line < at + 5)
        {
            return "";
        }

        var file = frame[(at + 5)..line];
        return $"{file[(file.LastIndexOfAny('/', '\\') + 1)..]}:{frame[(line + 6)..].Trim()}";
    }

    private static void Append(StringBuilder name, ReadOnlySpan<char> part)
    {
        // Closures: <>c, <>c__DisplayClass5_0.
        if (part.StartsWith("<>", StringComparison.Ordinal))
        {
            return;
        }

        part = WithoutGenerics(part);
        if (part.StartsWith("<", StringComparison.Ordinal))
        {
            Compiled(name, part);
        }
        else
        {
            Add(name, part.StartsWith("lambda_method", StringComparison.Ordinal) ? "lambda_method" : part);
        }
    }

    // <Handle>d__5, <<Main>b__0_1>d, <Main>b__0_1, <Main>g__Local|0_1, <Main>$.
    private static void Compiled(StringBuilder name, ReadOnlySpan<char> part)
    {
        var close = part.LastIndexOf('>');
        var inner = close < 1 ? part[1..] : part[1..close];
        var rest = close < 0 ? default : part[(close + 1)..];
        if (inner.StartsWith("<", StringComparison.Ordinal))
        {
            Compiled(name, inner);
            return;
        }

        Add(name, inner);
        if (rest.StartsWith("b__", StringComparison.Ordinal))
        {
            Add(name, Lambda);
        }
        else if (rest.StartsWith("g__", StringComparison.Ordinal))
        {
            var bar = rest.IndexOf('|');
            Add(name, bar < 0 ? rest[3..] : rest[3..bar]);
        }
    }

    private static ReadOnlySpan<char> WithoutGenerics(ReadOnlySpan<char> part)
    {
        var generic = part.IndexOfAny('`', '[');
        return generic < 0 ? part : part[..generic];
    }

    private static void Add(StringBuilder name, ReadOnlySpan<char> part)
    {
        if (name.Length > 0)
        {
            name.Append('.');
        }

        name.Append(part);
    }
}
