using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Storefront.Pages;

/// <summary>The style sheet, out of the program itself: there is no folder of files to deploy beside it.</summary>
internal static class PageAssets
{
    /// <summary>A square of the brand's colour, without a request.</summary>
    public const string Icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%230b6e4f'/%3E%3Cpath d='M6.5 13 8 3h0l1.5 10' stroke='%23fff' stroke-width='1.6' fill='none'/%3E%3C/svg%3E";

    private const string Path = "/storefront.css";

    private static readonly byte[] Css = Read();
    private static readonly string Version = Convert.ToHexStringLower(SHA256.HashData(Css))[..12];

    /// <summary>Its address, which changes with what is in it: so that it may be kept for ever.</summary>
    public static string Style { get; } = $"{Path}?v={Version}";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(Path, (HttpContext http) =>
    {
        http.Response.Headers.CacheControl = http.Request.Query["v"] == Version ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(Css, "text/css; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Version}\""));
    }).AllowAnonymous().ExcludeFromDescription();

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Storefront.Pages.storefront.css")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
