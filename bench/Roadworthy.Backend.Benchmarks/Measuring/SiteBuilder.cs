namespace Roadworthy.Backend.Benchmarks.Measuring;

/// <summary>What all sites have alike: a free port of loopback, no logs of requests.</summary>
internal static class SiteBuilder
{
    public static WebApplicationBuilder Create()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        return builder;
    }
}
