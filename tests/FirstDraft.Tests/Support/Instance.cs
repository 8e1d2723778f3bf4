using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Roadworthy.Testing;

namespace FirstDraft.Tests.Support;

/// <summary>A draft, or its mended build, as a process on a database of its own, which it reaches by a cable and through a proxy.</summary>
internal sealed class Instance : IAsyncDisposable
{
    public const string AdminEmail = "head@example.com";
    public const string AdminPassword = "the heads own password";

    private readonly ServerProcess _process;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly Lazy<Task<Person>> _owner;
    private readonly Lazy<Task<Person>> _stranger;
    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);
    private int _made;

    private Instance(Draft draft, bool mended, string database, PostgresProxy proxy, Cable cable, ServerProcess process)
    {
        (Draft, IsMended, Database, Proxy, Cable, _process) = (draft, mended, database, proxy, cable, process);
        (_owner, _stranger) = (new(NewPersonAsync), new(NewPersonAsync));
    }

    public Draft Draft { get; }

    public bool IsMended { get; }

    /// <summary>A connection string past the proxy.</summary>
    public string Database { get; }

    public PostgresProxy Proxy { get; }

    public Cable Cable { get; }

    public string AdminToken { get; private set; } = "";

    public string Output => _process.Output;

    public static async Task<Instance> StartAsync(PostgresFixture postgres, Draft draft, bool mended)
    {
        var database = await postgres.NewDatabaseAsync();
        var proxy = PostgresProxy.Before(database);
        var cable = new Cable(proxy.Port);
        var process = await draft.StartAsync(new NpgsqlConnectionStringBuilder(proxy.Through(database)) { Port = cable.Port }.ConnectionString, mended);
        var instance = new Instance(draft, mended, database, proxy, cable, process);
        try
        {
            await instance.BeginAsync();
            return instance;
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    /// <param name="method">GET, POST or PATCH.</param>
    /// <param name="path">From the root.</param>
    /// <param name="body">A string as it is; anything else as JSON.</param>
    /// <param name="token">Whose request it is; null for nobody's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Answer> SendAsync(string method, string path, object? body = null, string? token = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var response = await _client.SendAsync(request, cancellationToken);
        var id = response.Headers.TryGetValues("X-Request-Id", out var values) ? values.Single() : null;
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), id);
    }

    public string NewName(string prefix) => $"{prefix}{Interlocked.Increment(ref _made)}";

    /// <summary>A user for whatever needs one: hashing passwords for each proof would take longer than all the rest.</summary>
    public Task<Person> OwnerAsync() => _owner.Value;

    /// <summary>Another one.</summary>
    public Task<Person> StrangerAsync() => _stranger.Value;

    public async Task<Person> NewPersonAsync()
    {
        var email = $"{NewName("person")}@example.com";
        (await SendAsync("POST", "/api/signup", new { email, password = "correct horse", name = "Ada", age = 36 })).Required();
        var tokens = (await SendAsync("POST", "/api/login", new { email, password = "correct horse" })).Required().Json;
        return new(email, tokens["accessToken"]!.GetValue<string>(), tokens["refreshToken"]!.GetValue<string>());
    }

    /// <returns>Its SKU.</returns>
    public async Task<string> NewProductAsync(int stock)
    {
        var sku = NewName("P");
        (await SendAsync("POST", "/api/products", new { sku, name = "Tea", priceCents = 450, stock }, AdminToken)).Required();
        return sku;
    }

    /// <returns>The order's id.</returns>
    public async Task<string> NewOrderAsync(Person person, string sku, int quantity) =>
        (await SendAsync("POST", "/api/orders", Orders(sku, quantity), person.Token)).Required().Json["id"]!.GetValue<string>();

    /// <summary>Makes something the first time, and has it ever after.</summary>
    public async Task<string> OnceAsync(string name, Func<Task<string>> make) => _kept.TryGetValue(name, out var kept) ? kept : _kept[name] = await make();

    /// <summary>Until it can use every connection of a pool of ten: one that was cut may lie there until it is noticed.</summary>
    public Task RecoveredAsync() => Eventually.TrueAsync("it has recovered", async () =>
        (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendAsync("GET", "/health")))).All(answer => answer.IsSuccess));

    /// <summary>What opens a ticket.</summary>
    public object NewTicket(object? priority = null, object? urgent = null) =>
        new { reference = NewName("T"), subject = "Broken", priority = priority ?? 1, urgent = urgent ?? false };

    public Task<int> StockAsync(string sku) =>
        Sql.ScalarAsync<int>(Database, "SELECT stock FROM inventory JOIN products ON products.id = product_id WHERE sku = $1", sku);

    public static object Orders(string sku, int quantity) => new { items = new[] { new { sku, quantity } } };

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Cable.Dispose();
        await Proxy.DisposeAsync();
        _client.Dispose();
    }

    private async Task BeginAsync()
    {
        _client.BaseAddress = new((await ListeningAsync()).Groups[1].Value);
        AdminToken = (await SendAsync("POST", "/api/login", new { email = AdminEmail, password = AdminPassword })).Required().Json["accessToken"]!.GetValue<string>();
    }

    private async Task<Match> ListeningAsync()
    {
        const string Listening = @"listening on:? (http://127\.0\.0\.1:\d+)";
        try
        {
            return await _process.WaitForOutputAsync(Listening);
        }
        catch (TimeoutException) when (!_process.HasExited)
        {
            // A machine that is shared may take longer to start it.
            return await _process.WaitForOutputAsync(Listening);
        }
    }
}

/// <summary>A user, signed in.</summary>
internal sealed record Person(string Email, string Token, string RefreshToken);
