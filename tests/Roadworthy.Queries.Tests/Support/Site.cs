using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Roadworthy.Queries.Tests.Support;

/// <summary>An application on Kestrel that records, and what it has told.</summary>
public sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Site(WebApplication app, Records records)
    {
        (_app, Records) = (app, records);
        Metrics = new(app.Services);
        Client = new() { BaseAddress = new(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Client { get; }

    public Records Records { get; }

    public Measurements Metrics { get; }

    public IServiceProvider Services => _app.Services;

    public RequestHistory History => Services.GetRequiredService<RequestHistory>();

    private RequestTrace? Latest => History.Latest(1) is [var latest] ? latest : null;

    public static async Task<Site> StartAsync(
        Shop shop, Action<WebApplication> map, Action<QueriesOptions>? options = null, string environment = "Production", Action<IServiceCollection>? services = null)
    {
        var records = new Records();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().AddProvider(records);
        builder.Services.AddSingleton(shop.Source);
        builder.Services.AddProblemDetails();
        builder.Services.AddRoadworthyQueries(queries =>
        {
            queries.KeepHistory = true;
            // However slow the machine is: whose test it is sets a limit.
            queries.SlowStatement = TimeSpan.Zero;
            options?.Invoke(queries);
        });
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseRouting();
        app.UseRoadworthyQueries();
        map(app);
        await app.StartAsync();
        return new(app, records);
    }

    /// <summary>Asks, and waits until the request has ended.</summary>
    public async Task<RequestTrace> TraceAsync(string path, HttpMethod? method = null)
    {
        var before = Latest;
        using var answer = await Client.SendAsync(new HttpRequestMessage(method ?? HttpMethod.Get, path));
        await Eventually.TrueAsync("the request is kept", () => Latest is { } latest && latest.Id != before?.Id);
        return Latest!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Metrics.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>What was logged, by event.</summary>
public sealed class Records : ILoggerProvider
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> _records = new();

    public List<string> Of(int id) => [.. _records.Where(record => record.Id == id).Select(record => record.Text)];

    public List<string> Errors => [.. _records.Where(record => record.Level >= LogLevel.Error).Select(record => record.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

    private sealed class Logger(Records records) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            records._records.Enqueue((eventId.Id, logLevel, $"{formatter(state, exception)} {exception?.Message}".TrimEnd()));
    }
}
