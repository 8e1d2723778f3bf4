using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Console.Hosting;

/// <summary>The console's files, out of the package itself. Their names hold their content's hash, so a browser may keep them for ever.</summary>
internal static class ConsoleFiles
{
    private static readonly FrozenDictionary<string, Asset> ByName = Load().ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    public static string Css { get; } = NameOf(".css");

    public static string Script { get; } = NameOf(".js");

    public static string Icon { get; } = NameOf(".svg");

    public static IResult Serve(string file, HttpContext http)
    {
        if (!ByName.TryGetValue(file, out var asset)) return TypedResults.NotFound();
        ConsoleHeaders.Set(http);
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(asset.Content, asset.Type);
    }

    private static string NameOf(string kind) => ByName.Keys.Single(name => name.EndsWith(kind, StringComparison.Ordinal));

    private static IEnumerable<Asset> Load()
    {
        var assembly = typeof(ConsoleFiles).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Assets/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            var content = memory.ToArray();
            var kind = Path.GetExtension(resource);
            var name = $"{Path.GetFileNameWithoutExtension(resource)}.{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}{kind}";
            yield return new(name, content, kind switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                _ => "image/svg+xml",
            });
        }
    }

    private sealed record Asset(string Name, byte[] Content, string Type);
}
