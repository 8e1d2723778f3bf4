using System.Text;
using System.Text.Json;
using Roadworthy.Testing;

namespace FirstDraft.Tests.Support;

/// <summary>A draft, or its mended build, as a process on a database of its own, which it reaches through a proxy.</summary>
internal sealed class Instance : IAsyncDisposable
{
    public const string AdminEmail = "head@example.com";
    public const string AdminPassword = "the heads own password";

    private readonly ServerProcess _process;
    private readonly HttpClient _client;
    private int _made;

    private Instance(Draft draft, bool mended, string database, PostgresProxy proxy, ServerProcess process, Uri address)
    {
        (Draft, IsMended, Database, Proxy, _process) = (draft, mended, database, proxy, process);
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Draft Draft { get; }

    public bool IsMended { get; }

    /// <summary>A connection string past the proxy.</summary>
    public string Database { get; }

    public PostgresProxy Proxy { get; }

    public string AdminToken { get; private set; } = "";

    public string Output => _process.Output;

    public static async Task<Instance> StartAsync(PostgresFixture postgres, Draft draft, bool mended)
    {
        var database = await postgres.NewDatabaseAsync();
        var proxy = PostgresProxy.Before(database);
        var process = await draft.StartAsync(proxy.Through(database), mended);
        var listening = await process.WaitForOutputAsync(@"listening on:? (http://127\.0\.0\.1:\d+)");
        var instance = new Instance(draft, mended, database, proxy, process, new(listening.Groups[1].Value));
        instance.AdminToken = (await instance.SendAsync("POST", "/api/login", new { email = AdminEmail, password = AdminPassword })).Required().Json["accessToken"]!.GetValue<string>();
        return instance;
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

    public Task<int> StockAsync(string sku) =>
        Sql.ScalarAsync<int>(Database, "SELECT stock FROM inventory JOIN products ON products.id = product_id WHERE sku = $1", sku);

    public static object Orders(string sku, int quantity) => new { items = new[] { new { sku, quantity } } };

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await Proxy.DisposeAsync();
        _client.Dispose();
    }
}

/// <summary>A user, signed in.</summary>
internal sealed record Person(string Email, string Token, string RefreshToken);
