using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Errors;
using Roadworthy.Postgres;
using Roadworthy.Queries;
using Storefront.Hosting;

namespace Storefront.Tests.Support;

/// <summary>The whole backend on Kestrel, on a port and a database of its own, reached over real HTTP.</summary>
public sealed class StorefrontHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ClonedDatabase? _database;
    private readonly DirectoryInfo _errors;

    private StorefrontHost(WebApplication app, ClonedDatabase? database, string connection, RecordStream records, Mailbox mailbox, DirectoryInfo errors)
    {
        (_app, _database, _errors, ConnectionString, Records, Mailbox) = (app, database, errors, connection, records, mailbox);
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Anonymous = Client();
    }

    public Uri Address { get; }

    public string ConnectionString { get; }

    public HttpClient Anonymous { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>What the backend has logged, as its JSON lines.</summary>
    public RecordStream Records { get; }

    /// <summary>Where its mails go, unless the settings say otherwise.</summary>
    public Mailbox Mailbox { get; }

    public static async Task<StorefrontHost> StartAsync(
        PostgresFixture postgres, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var database = await postgres.CloneAsync();
        return await StartAsync(database.ConnectionString, database, settings, configure);
    }

    public static async Task<StorefrontHost> StartAsync(
        string connection, ClonedDatabase? database = null, IReadOnlyDictionary<string, string?>? settings = null,
        Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null)
    {
        var records = new RecordStream();
        var mailbox = new Mailbox();
        var errors = Directory.CreateTempSubdirectory("storefront-errors-");
        var app = StorefrontApp.Create(["--urls=http://127.0.0.1:0"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Storefront"] = connection,
                ["Storefront:RootKey"] = RootKey,
                ["Storefront:AccountRequestsPerMinute"] = "1000000",
                ["Storefront:ApiDocument"] = "true",
                ["Storefront:Mail:Folder"] = mailbox.Folder,
                ["Storefront:Management:Urls"] = "off",
                ["Storefront:ErrorTracking:SpoolFolder"] = errors.FullName,
            });
            builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal));
            builder.Services.Configure<ErrorsOptions>(errors => (errors.Output, errors.Format) = (records, RecordFormat.Json));
            // Whatever a test is about: what exceeds its budget of statements fails it.
            builder.Services.Configure<QueriesOptions>(queries => queries.BudgetMode = QueryBudgetMode.Throw);
            configure?.Invoke(builder);
        });
        map?.Invoke(app);
        await StorefrontApp.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync();
        return new(app, database, connection, records, mailbox, errors);
    }

    /// <summary>One root key for all hosts of a test run, as a fleet has one.</summary>
    public static string RootKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public HttpClient Client(string? accessToken = null)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (accessToken is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", accessToken);
        return client;
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        await _app.DisposeAsync();
        Mailbox.Dispose();
        // A test that wants to see what is flushed at the end disposes first.
        if (Directory.Exists(_errors.FullName)) _errors.Delete(recursive: true);
        if (_database is not null) await _database.DisposeAsync();
    }
}
