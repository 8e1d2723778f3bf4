using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Input.Benchmarks.Bodies;

namespace Roadworthy.Input.Benchmarks.Hosts;

/// <summary>The same endpoints, which do nothing, in hosts that read input differently.</summary>
internal static class Site
{
    public const string Object = "/object";
    public const string List = "/lines";
    public const string Checked = "/checked";
    public const string Get = "/shops/north/lines/01900000-0000-7000-8000-000000000007";
    public const string GetQuery = "?limit=50&after=abc&delivery=Express&since=2026-01-31";

    public static WebApplication Plain() => Build(_ => { });

    public static WebApplication Validated() => Build(services => services.AddValidation());

    public static WebApplication Guarded() => Build(services => services.AddRoadworthyInput());

    private static WebApplication Build(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        configure(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        app.MapPost(Object, (Line line) => { });
        app.MapPost(List, (List<Line> lines) => { });
        app.MapPost(Checked, (CheckedLine line) => { });
        app.MapGet("/shops/{shop}/lines/{id}", (string shop, Guid id, int limit, string? after, Delivery delivery, DateOnly since) => { });
#pragma warning disable ASP0014 // Ends the pipeline, which is run without a server too.
        app.UseEndpoints(_ => { });
#pragma warning restore ASP0014
        return app;
    }
}
