using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Sessions;
using Storefront.Data;
using Storefront.Mail;
using Storefront.Tests.Input.Cells;
using Storefront.Tests.Support;

namespace Storefront.Tests.Input.Api;

/// <summary>
/// Valid requests of every operation, made from its schema. What no schema can tell (an address that has an account, an id that
/// exists) stands in <see cref="_known"/>, by operation and name; a route that wants more of the kind says so in
/// <see cref="EveryInputTests"/> until it stands here too.
/// </summary>
internal sealed class Samples
{
    private readonly Dictionary<(string Operation, string Name), Func<string>> _known;
    private readonly StorefrontHost _host;
    private readonly Guid _member;

    private Samples(StorefrontHost host, Person member, Person admin, string sku, string changed, string order)
    {
        (_host, Admin, _member) = (host, admin, member.Id);
        _known = new()
        {
            [("SignUp", "email")] = People.NewEmail,
            [("LogIn", "email")] = () => member.Email,
            [("LogIn", "password")] = () => People.Password,
            [("CreateProduct", "sku")] = Catalogue.NewSku,
            [("ChangeProduct", "sku")] = () => changed,
            [("GetProduct", "sku")] = () => sku,
            [("ChangeProduct", "If-Match")] = () => "*",
            [("ChangeMe", "If-Match")] = () => "*",
            [("PlaceOrder", "sku")] = () => sku,
            [("GetOrder", "id")] = () => order,
            [("CancelOrder", "id")] = () => order,
            [("EndSession", "id")] = () => Session().SessionId.ToString(),
            [("RefreshToken", "refreshToken")] = () => Session().RefreshToken,
            [("ForgotPassword", "email")] = People.NewEmail,
            [("ResetPassword", "token")] = () => Token(MailKind.ResetPassword),
            [("ConfirmEmail", "token")] = () => Token(MailKind.ConfirmEmail),
            [("ChangePassword", "current")] = () => People.Password,
            [("ChangePassword", "new")] = () => People.Password,
        };
    }

    /// <summary>Who asks the closed operations.</summary>
    public Person Admin { get; }

    /// <param name="host">The backend, which gets an account, an administrator, two products and an order.</param>
    /// <param name="stock">How many pieces of the product may be ordered.</param>
    public static async Task<Samples> CreateAsync(StorefrontHost host, int stock = 1_000_000)
    {
        var admin = (await host.BuyersAsync(1, admin: true))[0];
        var sku = await host.AddProductAsync(priceCents: 1, stock: stock);
        var order = await admin.Client.OrderAsync((sku, 1)).ShouldBeAsync(201);
        return new(host, await host.SignUpAsync(), admin, sku, await host.AddProductAsync(), order.GetProperty("id").GetString()!);
    }

    /// <param name="operation">What is asked.</param>
    /// <param name="taken">Whether it is to happen: then somebody is asking whose account and sessions nobody else needs.</param>
    public async Task<HttpClient> ClientForAsync(Operation operation, bool taken = false) =>
        taken && operation.Id is ("ChangePassword" or "EndOtherSessions") ? await SomebodyAsync() : operation.Closed ? Admin.Client : _host.Anonymous;

    /// <summary>Whether the request needs more than a body that its schema allows: without a refresh token in it, a cookie.</summary>
    public static bool NeedsMore(Cell cell) =>
        cell.Operation.Id == "RefreshToken" && cell.Place == "/refreshToken" && cell.Kind is "missing" or "null" or "\"\"";

    /// <summary>A body that the operation takes, anew with each call; null where it takes none.</summary>
    public string? Body(Operation operation) => operation.Body is { } body ? Value(operation, "", body) : null;

    /// <summary>The path with its parameters, and a query that has them all.</summary>
    public string Target(Operation operation) => Target(operation, instead: null, text: null);

    /// <param name="instead">A parameter that gets another text; null: its own.</param>
    /// <param name="text">That text, percent-encoded already; null leaves a query parameter out.</param>
    public string Target(Operation operation, Parameter? instead, string? text)
    {
        var path = operation.Path;
        var query = new List<string>();
        foreach (var parameter in operation.Parameters)
        {
            var value = parameter == instead ? text : Sample(operation, parameter);
            if (parameter.In is "path") path = path.Replace($"{{{parameter.Name}}}", value, StringComparison.Ordinal);
            else if (parameter.In is "query" && value is not null) query.Add($"{parameter.Name}={value}");
        }

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    /// <summary>The headers that a valid request needs.</summary>
    public IEnumerable<(string Name, string Value)> Headers(Operation operation) =>
        operation.Parameters.Where(parameter => parameter.In is "header")
            .Select(parameter => (parameter.Name, Value: Sample(operation, parameter))).Where(header => header.Value is not null).Select(header => (header.Name, header.Value!));

    /// <summary>A text that the parameter takes; null for one that is left out in a valid request.</summary>
    public string? Sample(Operation operation, Parameter parameter) =>
        _known.TryGetValue((operation.Id, parameter.Name), out var known) ? known()
        : parameter.Required || parameter.Schema.Kind is not "string" ? JsonTree.Parse(Value(operation, parameter.Name, parameter.Schema)).ToString().Trim('"')
        : null;

    private SessionTokens Session() =>
        _host.Services.GetRequiredService<SessionManager>().SignInAsync(new(Admin.Id.ToString())).GetAwaiter().GetResult()!;

    // Of an account of its own: a reset voids every other token of the account.
    private string Token(MailKind kind)
    {
        var id = _host.BuyerAsync().GetAwaiter().GetResult().Id;
        using var scope = _host.Services.CreateScope();
        var user = scope.ServiceProvider.GetRequiredService<StorefrontDb>().Users.AsNoTracking().Single(user => user.Id == id);
        return _host.Services.GetRequiredService<MailTokens>().Seal(kind, user);
    }

    // With the member's password.
    private async Task<HttpClient> SomebodyAsync()
    {
        var somebody = await _host.BuyerAsync();
        await Sql.ExecuteAsync(
            _host.ConnectionString, "UPDATE users SET password_hash = other.password_hash FROM users other WHERE users.id = $1 AND other.id = $2", somebody.Id, _member);
        return somebody.Client;
    }

    private string Value(Operation operation, string name, Schema schema)
    {
        if (_known.TryGetValue((operation.Id, name), out var known)) return JsonSerializer.Serialize(known());
        if (schema.Names is [var first, ..]) return JsonSerializer.Serialize(first);
        return schema.Kind switch
        {
            "object" => $"{{{string.Join(',', schema.Properties.Select(member => $"{JsonSerializer.Serialize(member.Name)}:{Value(operation, member.Name, member.Schema)}"))}}}",
            "array" => $"[{string.Join(',', Enumerable.Range(0, Math.Max(1, schema.MinItems ?? 1)).Select(_ => Value(operation, name, schema.Items!)))}]",
            "boolean" => "true",
            "integer" or "number" => Math.Max(1, schema.Minimum ?? 1).ToString(CultureInfo.InvariantCulture),
            _ => JsonSerializer.Serialize(schema.Format switch
            {
                "uuid" => Guid.CreateVersion7().ToString(),
                "date-time" => "2026-01-31T12:00:00Z",
                "date" => "2026-01-31",
                "time" => "12:00:00",
                _ => new string('s', Math.Max(schema.MinLength ?? 0, 8)),
            }),
        };
    }
}
