using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Roadworthy.Postgres;
using Roadworthy.Testing;

namespace Roadworthy.Idempotency.Tests.Support;

/// <summary>An application that takes payments, on a database and an address of its own.</summary>
internal sealed class PaymentsApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ClonedDatabase? _database;

    private PaymentsApp(WebApplication app, string connection, ClonedDatabase? database)
    {
        (_app, ConnectionString, _database) = (app, connection, database);
        Client = new() { BaseAddress = new(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public Gate Gate { get; private init; } = new();

    public string ConnectionString { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="server">Where its database is.</param>
    /// <param name="throughContext">Whether handlers write through EF Core.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="proxy">A proxy before the server.</param>
    public static async Task<PaymentsApp> StartAsync(KeysServer server, bool throughContext, Action<IdempotencyOptions>? configure = null, PostgresProxy? proxy = null)
    {
        var database = await server.CloneAsync();
        return await OnAsync(database.ConnectionString, throughContext, configure, proxy, database);
    }

    /// <summary>Another instance on the database of a first one.</summary>
    public static async Task<PaymentsApp> OnAsync(
        string connection, bool throughContext, Action<IdempotencyOptions>? configure = null, PostgresProxy? proxy = null, ClonedDatabase? database = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(proxy?.Through(connection) ?? connection) { MaxPoolSize = 40 };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(settings.ConnectionString));
        if (throughContext)
        {
            builder.Services.AddDbContext<PaymentsDb>((provider, options) => options.UseNpgsql(
                provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.FromMilliseconds(300), null)));
            builder.Services.AddScoped<ITill, DbContextTill>().AddRoadworthyIdempotency<PaymentsDb>(Configure);
        }
        else
        {
            builder.Services.AddScoped<ITill, NpgsqlTill>().AddRoadworthyIdempotency(Configure);
        }

        var gate = new Gate();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/early", StringComparison.Ordinal), early => early.Use(PaymentsApi.ReadEarlyAsync));
        app.MapPayments(gate);
        await app.StartAsync();
        return new(app, connection, database) { Gate = gate };

        void Configure(IdempotencyOptions options)
        {
            (options.User, options.MaxAnswerBytes) = (http => http.Request.Headers["X-User"] is [var user] ? user : null, PaymentsApi.LongestAnswer);
            configure?.Invoke(options);
        }
    }

    public Task<HttpResponseMessage> PostAsync(string path, string? key, string body = """{"amount":5}""", string? user = "ann", CancellationToken leaving = default) =>
        SendAsync(path, key, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), user, leaving);

    public Task<HttpResponseMessage> SendAsync(string path, string? key, HttpContent content, string? user = "ann", CancellationToken leaving = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (user is not null) request.Headers.Add("X-User", user);
        return Client.SendAsync(request, leaving);
    }

    public Task<long> PaymentsAsync() => Sql.CountAsync(ConnectionString, "SELECT count(*) FROM payments");

    public Task<long> KeysAsync() => Sql.CountAsync(ConnectionString, "SELECT count(*) FROM roadworthy.idempotency_keys");

    /// <summary>How often a handler wrote, rolled back or not.</summary>
    public Task<long> RunsAsync() => Sql.CountAsync(ConnectionString, "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM runs");

    /// <summary>Counts outcomes from now on.</summary>
    public Counts Count() => new(Services.GetRequiredService<IMeterFactory>());

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }
}

/// <summary>The package's counter, as a collector of metrics sees it.</summary>
internal sealed class Counts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public Counts(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "roadworthy.idempotency.requests" && ReferenceEquals(instrument.Meter.Scope, factory)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (_counts) _counts[(string)tags[0].Value!] = _counts.GetValueOrDefault((string)tags[0].Value!) + value;
        });
        _listener.Start();
    }

    public string Shown
    {
        get
        {
            lock (_counts) return string.Join(' ', _counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key}={count.Value}"));
        }
    }

    public void Dispose() => _listener.Dispose();
}
