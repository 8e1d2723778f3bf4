using Storefront.Hosting;
using Storefront.Pages.Views;

namespace Storefront.Pages;

/// <summary>What a person sees who opens the address in a browser. Asks no database: it is there also while that is not.</summary>
internal static class HomePage
{
    public static void Map(IEndpointRouteBuilder pages, IHostEnvironment environment, StorefrontOptions options) =>
        pages.MapGet("/", (HttpContext http) => PageResult.Of<HomeView>(http, new(StringComparer.Ordinal)
        {
            [nameof(HomeView.Version)] = typeof(HomePage).Assembly.GetName().Version?.ToString(3),
            [nameof(HomeView.Environment)] = environment.EnvironmentName,
            [nameof(HomeView.Address)] = $"{http.Request.Scheme}://{http.Request.Host}",
            [nameof(HomeView.Documented)] = options.ApiDocument ?? environment.IsDevelopment(),
        })).AllowAnonymous();
}
