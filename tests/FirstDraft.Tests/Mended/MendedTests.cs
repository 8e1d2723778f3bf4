using FirstDraft.Tests.Faults;
using FirstDraft.Tests.Proofs;
using FirstDraft.Tests.Support;
using Roadworthy.Testing;

namespace FirstDraft.Tests.Mended;

/// <summary>A twin must not be reported, so it has to be right beyond the rows of FAULTS.md.</summary>
public abstract class MendedTests(DraftPair pair)
{
    private static readonly string[] Hostile =
        ["\"\"", "\" \"", "null", "\"NaN\"", "1e400", "42.5", "\"42.5\"", "-1", "3000000000", "\"3000000000\"", "\"yes\"", "\"a\\u0000\"", "\"\\ud800\"", "{}", "[]", "[3]"];

    private static readonly StrictPlace[] Texts =
    [
        new("POST /api/signup", "name", "text"), new("POST /api/signup", "email", "text"), new("POST /api/signup", "password", "text"), new("PATCH /api/me", "name", "text"),
        new("POST /api/logout", "refreshToken", "text"), new("POST /api/products", "sku", "text"), new("POST /api/products", "name", "text"),
        new("PATCH /api/products/{sku}", "name", "text"), new("POST /api/products/{sku}/reviews", "text", "text"), new("POST /api/orders", "items[0].sku", "text"),
        new("POST /api/orders", "deliverAfter", "text"), new("POST /api/addresses", "street", "text"), new("PATCH /api/addresses/{id}", "city", "text"),
    ];

    [Fact]
    public async Task No_value_fails_and_what_is_refused_is_named()
    {
        var instance = await pair.GetAsync(mended: true);
        var person = await instance.OwnerAsync();
        var wrong = new List<string>();
        foreach (var place in FaultTable.Of(instance.Draft.Folder).StrictPlaces.Concat(Texts))
        {
            foreach (var value in Hostile)
            {
                var answer = await StrictPlaces.SendAsync(instance, person, place, value);
                // An unknown product is named by its SKU.
                var named = answer.Text.Contains(place.Field.Split('.')[^1], StringComparison.Ordinal) || answer.Text.Contains("Unknown product", StringComparison.Ordinal);
                if (answer.Status >= 500 || (answer.IsRefusal && !named)) wrong.Add($"{place.Route} {place.Field} {value}: {answer}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task No_page_fails()
    {
        var instance = await pair.GetAsync(mended: true);
        var reviews = $"/api/products/{await instance.NewProductAsync(1)}/reviews";
        foreach (var list in (string[])["/api/products", "/api/orders", "/api/addresses", "/api/tickets", "/api/dashboard", reviews])
        {
            foreach (var value in (string[])["-1", "0", "abc", "1.5", "1e308", "99999999999999999999", "%00", "null"])
            {
                foreach (var name in (string[])["page", "limit"])
                {
                    var answer = await instance.SendAsync("GET", $"{list}?{name}={value}", token: instance.AdminToken);
                    Assert.True(answer.Status == 400 && answer.Text.Contains(name, StringComparison.Ordinal), $"{list}?{name}={value}: {answer}");
                }
            }
        }
    }

    [Fact]
    public async Task Killed_connections_are_replaced()
    {
        var instance = await pair.GetAsync(mended: true);
        var path = $"/api/products/{await instance.NewProductAsync(1)}";
        await Race.RunAsync(8, _ => instance.SendAsync("GET", path), TestContext.Current.CancellationToken);
        await Sql.ScalarAsync<long>(instance.Database,
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        var answers = new List<Answer>();
        for (var n = 0; n < 10; n++) answers.Add(await instance.SendAsync("GET", path));
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 503, answer.ToString()));
        Assert.Equal(200, answers[^1].Status);
        await instance.RecoveredAsync();
    }

    [Fact]
    public async Task An_order_that_collides_is_placed_again()
    {
        var instance = await pair.GetAsync(mended: true);
        var (person, sku) = (await instance.OwnerAsync(), await instance.NewProductAsync(5));
        await using var collisions = await Collisions.ProvokeAsync(instance.Database, "orders", times: 2, cancellationToken: TestContext.Current.CancellationToken);
        var answer = await instance.SendAsync("POST", "/api/orders", Instance.Orders(sku, 2), person.Token, TestContext.Current.CancellationToken);
        Assert.True(answer.Status == 201, answer.ToString());
        Assert.Equal(3, await instance.StockAsync(sku));
        Assert.Equal(1, await Sql.ScalarAsync<long>(instance.Database, "SELECT count(*) FROM order_items JOIN products ON products.id = product_id WHERE sku = $1", sku));
    }

    [Fact]
    public async Task Twenty_refreshes_at_once_leave_one_successor_and_it_works()
    {
        var instance = await pair.GetAsync(mended: true);
        var person = await instance.NewPersonAsync();
        var answers = await Race.RunAsync(
            20, _ => instance.SendAsync("POST", "/api/token/refresh", new { refreshToken = person.RefreshToken }), TestContext.Current.CancellationToken);
        Assert.All(answers, answer => Assert.True(answer.IsSuccess, answer.ToString()));
        var successor = Assert.Single(answers.Select(answer => answer.Json["refreshToken"]!.GetValue<string>()).Distinct(StringComparer.Ordinal));
        (await instance.SendAsync("POST", "/api/token/refresh", new { refreshToken = successor })).Required();
    }
}

[Collection(CSharpDraft.Name)]
public sealed class CSharpMendedTests(CSharpDraft.Pair pair) : MendedTests(pair);

[Collection(NodeDraft.Name)]
public sealed class NodeMendedTests(NodeDraft.Pair pair) : MendedTests(pair);
