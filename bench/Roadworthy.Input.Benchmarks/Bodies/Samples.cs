using System.Globalization;
using System.Text;

namespace Roadworthy.Input.Benchmarks.Bodies;

/// <summary>The bodies that are sent: good ones, and hostile ones of nearly a megabyte.</summary>
internal static class Samples
{
    public const int Lines = 345;
    private const int Megabyte = 1_048_576;

    /// <summary>About 300 bytes.</summary>
    public static byte[] Object { get; } = Encoding.UTF8.GetBytes(LineOf(7));

    /// <summary>About 100 KB.</summary>
    public static byte[] List { get; } = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, Lines).Select(LineOf))}]");

    /// <summary>The list with three wrong members in each line.</summary>
    public static byte[] Wrong { get; } = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(List)
        .Replace("\"quantity\":", "\"quantity\":\"x\",\"was\":", StringComparison.Ordinal)
        .Replace("\"gift\":", "\"gift\":7,\"is\":", StringComparison.Ordinal)
        .Replace("\"dueOn\":\"", "\"dueOn\":\"on ", StringComparison.Ordinal));

    public static (string Name, byte[] Body)[] Hostile { get; } =
    [
        ("deep lists", Filled("[", "", "")),
        ("deep objects", Filled("{\"a\":", "", "")),
        ("unknown members", Filled("\"{0:x}\":0,", "[{", "\"z\":0}]")),
        ("unknown members in many objects", Filled("{{\"a\":{{\"b\":[]}},\"c\":0}},", "[", "0]")),
        ("one member, again and again", Filled("\"quantity\":1,", "[{", "\"z\":0}]")),
        ("escaped names", Filled("\"\\u0071\\u0075{0:x}\":0,", "[{", "\"z\":0}]")),
        ("escaped text", Filled("\\u00e9\\ud83d\\ude80", "[{\"name\":\"", "\"}]")),
        ("numbers of a thousand digits", Filled($"{{{{\"quantity\":{new string('9', 1_000)}}}}},", "[", "0]")),
        ("exponents", Filled("{{\"quantity\":1e1000000000,\"rating\":0e999999999}},", "[", "0]")),
        ("elements of another kind", Filled("7,", "[", "7]")),
        ("empty objects", Filled("{{}},", "[", "{}]")),
        ("white space", Filled(" ", "[", "]")),
    ];

    private static string LineOf(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"01900000-0000-7000-8000-{{number:d12}}","sku":"SKU-{{number:d5}}","name":"A thing of the catalogue, in the colour of the season","quantity":{{1 + (number % 9)}},"priceCents":{{199 + number}},"weight":1.25,"rating":4.5,"gift":{{(number % 2 == 0 ? "true" : "false")}},"orderedAt":"2026-01-31T12:34:56.789Z","dueOn":"2026-02-28","delivery":"Express","note":null}""");

    private static byte[] Filled(string part, string start, string end)
    {
        var text = new StringBuilder(start, Megabyte);
        var format = part.Contains("{0", StringComparison.Ordinal) || part.Contains("{{", StringComparison.Ordinal) ? CompositeFormat.Parse(part) : null;
        for (var number = 0; text.Length < Megabyte - end.Length - 2_000; number++)
        {
            if (format is null) text.Append(part);
            else text.AppendFormat(CultureInfo.InvariantCulture, format, number);
        }

        return Encoding.UTF8.GetBytes(text.Append(end).ToString());
    }
}
