using System.Reflection;

namespace Storefront.Hosting;

/// <summary>What a person sees who opens the address in a browser.</summary>
internal static class HomePage
{
    private static readonly Lazy<string> Html = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Storefront.Hosting.home.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    public static void MapHomePage(this WebApplication app, StorefrontOptions options)
    {
        var documented = options.ApiDocument ?? app.Environment.IsDevelopment();
        var html = Html.Value
            .Replace("{{environment}}", System.Net.WebUtility.HtmlEncode(app.Environment.EnvironmentName), StringComparison.Ordinal)
            .Replace("{{version}}", typeof(HomePage).Assembly.GetName().Version?.ToString(3), StringComparison.Ordinal)
            .Replace("{{hidden}}", documented ? "" : "hidden", StringComparison.Ordinal);
        app.MapGet("/", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
            var address = System.Net.WebUtility.HtmlEncode($"{http.Request.Scheme}://{http.Request.Host}");
            return Results.Content(html.Replace("{{address}}", address, StringComparison.Ordinal), "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
