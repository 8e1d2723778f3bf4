using System.Text.Json;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting.Conditional;

/// <summary>What holds for every resource that shows an entity tag.</summary>
public sealed class ConditionalTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    public static TheoryData<string> Resources => ["product", "me", "order"];

    public static TheoryData<string> Changeable => ["product", "me"];

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task A_version_that_is_known_is_a_304_without_a_body(string kind)
    {
        var (client, path) = await OneAsync(kind);
        var tag = await TagAsync(client.ReadAsync(path));
        foreach (var header in (string[])[tag, $"W/{tag}", $"\"other\", {tag}", "*"])
        {
            var known = await ReadAsync(client, path, header);
            await known.ShouldBeAsync(304);
            Assert.Equal((tag, ""), (known.Headers.ETag?.ToString(), await known.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task A_version_that_is_not_the_present_one_and_a_header_that_is_none_are_answered_in_full(string kind)
    {
        var (client, path) = await OneAsync(kind);
        var whole = (await client.ReadAsync(path).ShouldBeAsync(200)).GetRawText();
        foreach (var header in (string[])["\"0\"", "\"998\", \"999\"", "1", "\"", ",", "* *", "\"01\""])
            Assert.Equal(whole, (await ReadAsync(client, path, header).ShouldBeAsync(200)).GetRawText());
    }

    [Theory]
    [MemberData(nameof(Changeable))]
    public async Task A_change_of_the_version_that_was_read_is_made_and_answers_the_next(string kind)
    {
        var (client, path) = await OneAsync(kind);
        var before = await TagAsync(client.ReadAsync(path));
        var after = await TagAsync(client.PatchTextAsync(path, """{"name":"Changed"}""", before));
        Assert.NotEqual(before, after);
        Assert.Equal(after, await TagAsync(client.ReadAsync(path)));
        Assert.Equal(after, await TagAsync(client.PatchTextAsync(path, """{"name":"Changed"}""", after)));
        await client.PatchTextAsync(path, """{"name":"Other"}""", $"\"999\", {after}").ShouldBeAsync(200);
    }

    [Theory]
    [MemberData(nameof(Changeable))]
    public async Task A_change_of_another_version_is_a_412_and_changes_nothing(string kind)
    {
        var (client, path) = await OneAsync(kind);
        var stale = await TagAsync(client.ReadAsync(path));
        var present = await TagAsync(client.PatchTextAsync(path, """{"name":"Theirs"}""", stale));
        foreach (var header in (string[])[stale, $"W/{present}", "\"999\"", "\"*\"", $"{stale}, W/{present}"])
            await client.PatchTextAsync(path, """{"name":"Mine"}""", header).ShouldBeProblemAsync(412, "stale-version");
        var answer = await client.ReadAsync(path);
        Assert.Equal("Theirs", (await answer.ShouldBeAsync(200)).GetProperty("name").GetString());
        Assert.Equal(present, answer.Headers.ETag?.ToString());
    }

    [Theory]
    [MemberData(nameof(Changeable))]
    public async Task A_change_that_does_not_say_of_which_version_is_a_428_and_changes_nothing(string kind)
    {
        var (client, path) = await OneAsync(kind);
        var before = await TagAsync(client.ReadAsync(path));
        var problem = await client.PatchTextAsync(path, """{"name":"Mine"}""", ifMatch: null).ShouldBeProblemAsync(428, "version-required");
        Assert.Contains("If-Match", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await TagAsync(client.ReadAsync(path)));
    }

    [Theory]
    [MemberData(nameof(Changeable))]
    public async Task Of_fifty_changes_of_one_version_at_once_one_is_made_and_the_others_are_told(string kind)
    {
        var (client, path) = await OneAsync(kind);
        var tag = await TagAsync(client.ReadAsync(path));
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => client.PatchTextAsync(path, $$"""{"name":"Change {{n}}"}""", tag)));

        var made = Assert.Single(answers, answer => (int)answer.StatusCode == 200);
        foreach (var answer in answers.Where(answer => answer != made)) await Task.FromResult(answer).ShouldBeProblemAsync(412, "stale-version");
        Assert.Equal((await made.ShouldBeAsync(200)).GetRawText(), (await client.ReadAsync(path).ShouldBeAsync(200)).GetRawText());
        Assert.Equal(made.Headers.ETag?.ToString(), await TagAsync(client.ReadAsync(path)));
    }

    [Theory]
    [MemberData(nameof(Changeable))]
    public async Task Fifty_clients_that_read_and_try_again_lose_no_change(string kind)
    {
        const int Clients = 50;
        var (client, path) = await OneAsync(kind);
        await client.PatchTextAsync(path, """{"name":"x"}""").ShouldBeAsync(200);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => AppendAsync(client, path)));
        Assert.Equal(1 + Clients, (await client.ReadAsync(path).ShouldBeAsync(200)).GetProperty("name").GetString()!.Length);
    }

    [Fact]
    public async Task A_stale_stock_does_not_undo_a_sale()
    {
        var admin = await _host.SignUpAsync(admin: true);
        var sku = await _host.AddProductAsync(stock: 10);
        var read = await TagAsync(admin.Client.ReadAsync($"/api/products/{sku}"));
        await admin.Client.OrderAsync((sku, 4)).ShouldBeAsync(201);
        await admin.Client.PatchTextAsync($"/api/products/{sku}", """{"stock":11}""", read).ShouldBeProblemAsync(412, "stale-version");
        Assert.Equal(6, await _host.StockAsync(sku));
    }

    [Fact]
    public async Task A_stale_stock_does_not_undo_what_a_cancel_gave_back()
    {
        var admin = await _host.SignUpAsync(admin: true);
        var sku = await _host.AddProductAsync(stock: 10);
        var order = (await admin.Client.OrderAsync((sku, 4)).ShouldBeAsync(201)).GetProperty("id").GetGuid();
        var read = await TagAsync(admin.Client.ReadAsync($"/api/products/{sku}"));
        await admin.Client.CancelAsync(order).ShouldBeAsync(200);
        await admin.Client.PatchTextAsync($"/api/products/{sku}", """{"stock":5}""", read).ShouldBeProblemAsync(412, "stale-version");
        Assert.Equal(10, await _host.StockAsync(sku));
    }

    [Fact]
    public async Task What_is_made_answers_its_first_version()
    {
        var admin = await _host.SignUpAsync(admin: true);
        var sku = Catalogue.NewSku();
        var product = await admin.Client.PostValueAsync("/api/products", new { sku, name = "New", priceCents = 1, stock = 5 });
        await product.ShouldBeAsync(201);
        Assert.Equal($"/api/products/{sku}", product.Headers.Location?.ToString());
        Assert.Equal(product.Headers.ETag?.ToString(), await TagAsync(admin.Client.ReadAsync($"/api/products/{sku}")));

        var order = await admin.Client.OrderAsync((sku, 1));
        await order.ShouldBeAsync(201);
        Assert.Equal(order.Headers.ETag?.ToString(), await TagAsync(admin.Client.ReadAsync(order.Headers.Location!.ToString())));
    }

    [Fact]
    public async Task An_order_is_cancelled_in_the_version_that_is_named_or_not_at_all()
    {
        var (client, path) = await OneAsync("order");
        var tag = await TagAsync(client.ReadAsync(path));
        await CancelAsync("\"999\"").ShouldBeProblemAsync(412, "stale-version");
        Assert.Equal("pending", (await client.ReadAsync(path).ShouldBeAsync(200)).GetProperty("status").GetString());

        var cancelled = await TagAsync(CancelAsync(tag));
        Assert.NotEqual(tag, cancelled);
        // The answer may have been lost: asked again with what it knew, the client is told that it is done.
        Assert.Equal(cancelled, await TagAsync(CancelAsync(tag)));

        Task<HttpResponseMessage> CancelAsync(string ifMatch) => client.SendAsync(new(HttpMethod.Post, $"{path}/cancel") { Headers = { { "If-Match", ifMatch } } });
    }

    [Fact]
    public async Task The_document_tells_of_tags_and_conditions()
    {
        var paths = (await _host.Anonymous.ReadAsync("/openapi/v1.json").ShouldBeAsync(200)).GetProperty("paths");
        foreach (var path in (string[])["/api/products/{sku}", "/api/me", "/api/orders/{id}"])
        {
            var responses = paths.GetProperty(path).GetProperty("get").GetProperty("responses");
            Assert.True(responses.GetProperty("200").GetProperty("headers").TryGetProperty("ETag", out _), path);
            Assert.True(responses.TryGetProperty("304", out _), path);
        }

        foreach (var path in (string[])["/api/products/{sku}", "/api/me"])
        {
            var patch = paths.GetProperty(path).GetProperty("patch");
            Assert.True(patch.GetProperty("responses").TryGetProperty("412", out _) && patch.GetProperty("responses").TryGetProperty("428", out _), path);
            var header = Assert.Single(patch.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("in").GetString() == "header");
            Assert.Equal("If-Match", header.GetProperty("name").GetString());
            Assert.False(string.IsNullOrEmpty(header.GetProperty("description").GetString()));
        }
    }

    private static async Task AppendAsync(HttpClient client, string path)
    {
        while (true)
        {
            var read = await client.ReadAsync(path);
            var name = (await read.ShouldBeAsync(200)).GetProperty("name").GetString();
            var answer = await client.PatchTextAsync(path, JsonSerializer.Serialize(new { name = name + "x" }), read.Headers.ETag!.ToString());
            if ((int)answer.StatusCode == 200) return;
            await Task.FromResult(answer).ShouldBeProblemAsync(412, "stale-version");
        }
    }

    private static async Task<string> TagAsync(Task<HttpResponseMessage> pending)
    {
        var answer = await pending;
        await answer.ShouldBeAsync(200);
        Assert.False(answer.Headers.ETag!.IsWeak);
        return answer.Headers.ETag.ToString();
    }

    private static Task<HttpResponseMessage> ReadAsync(HttpClient client, string path, string ifNoneMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return client.SendAsync(request);
    }

    private async Task<(HttpClient Client, string Path)> OneAsync(string kind)
    {
        var admin = await _host.SignUpAsync(admin: true);
        if (kind is "me") return (admin.Client, "/api/me");
        var sku = await _host.AddProductAsync();
        if (kind is "product") return (admin.Client, $"/api/products/{sku}");
        var order = await admin.Client.OrderAsync((sku, 1)).ShouldBeAsync(201);
        return (admin.Client, $"/api/orders/{order.GetProperty("id").GetString()}");
    }
}
