using System.Text;

namespace Roadworthy.Inspection.Driving;

/// <summary>A request as a line for a shell, secrets masked.</summary>
internal static class CurlLine
{
    private const int LongestBody = 2000;

    public static string Of(Uri target, WireRequest request)
    {
        var line = new StringBuilder(target.Scheme == "https" ? "curl -ik" : "curl -i");
        if (request.Method != "GET") line.Append(" -X ").Append(request.Method);
        line.Append(' ').Append(Quote(target.GetLeftPart(UriPartial.Authority) + Secrets.Text(request.Target)));
        foreach (var (name, value) in request.Headers) line.Append(" -H ").Append(Quote($"{name}: {Secrets.Header(name, value)}"));
        if (request.ContentType is { } type && request.Body is not null) line.Append(" -H ").Append(Quote($"Content-Type: {type}"));
        if (request.BodyText is not { } body) return line.ToString();
        var masked = Secrets.Text(body);
        var text = Quote(masked.Length > LongestBody ? masked[..LongestBody] + "..." : masked);
        return request.Leading == 0 ? line.Append(" --data-raw ").Append(text).ToString() : $"(head -c {request.Leading} /dev/zero | tr '\\0' ' '; printf %s {text}) | {line} --data-binary @-";
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
