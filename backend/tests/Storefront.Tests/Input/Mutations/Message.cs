using System.Globalization;
using System.Text;
using Storefront.Tests.Input.Api;

namespace Storefront.Tests.Input.Mutations;

/// <summary>A request before it is sent, in parts that can be changed. Text stands for bytes: a character each (Latin-1).</summary>
internal sealed class Message
{
    private const string Length = "Content-Length";
    private static readonly string[] Framing = [Length, "Transfer-Encoding", "Connection", "Upgrade", "Expect"];

    public required string Method { get; set; }

    public required string Path { get; set; }

    /// <summary>What stands between the ampersands.</summary>
    public required List<string> Query { get; init; }

    public required List<(string Name, string Value)> Headers { get; init; }

    /// <summary>The body while it can still be changed as JSON.</summary>
    public required JsonTree? Json { get; set; }

    /// <summary>The body as it is sent; null for none.</summary>
    public List<byte>? Body { get; private set; }

    /// <summary>The server knows where this request ends, so that the next may follow on its connection.</summary>
    public bool IsFramed => !Headers.Exists(header => Framing.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
        && Headers.TrueForAll(header => IsPlain(header.Name) && IsPlain(header.Value.Replace(" ", "", StringComparison.Ordinal)) && header.Name.Length > 0 && !header.Name.Contains(' ', StringComparison.Ordinal))
        && IsPlain(Target) && IsPlain(Method) && Method.Length > 0 && (Body?.Count ?? 0) < 200_000;

    private string Target => Query.Count == 0 ? Path : $"{Path}?{string.Join('&', Query)}";

    /// <summary>From here on the body is bytes.</summary>
    public List<byte> Render() => Body ??= [.. Json is null ? [] : Encoding.UTF8.GetBytes(Json.ToString())];

    public byte[] ToBytes()
    {
        if (Json is not null) Render();
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Method} {Target} HTTP/1.1\r\n");
        foreach (var (name, value) in Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (Body is not null && !Headers.Exists(header => header.Name is Length)) head.Append(CultureInfo.InvariantCulture, $"{Length}: {Body.Count}\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    private static bool IsPlain(string text) => text.All(c => c is > ' ' and <= '~');
}
