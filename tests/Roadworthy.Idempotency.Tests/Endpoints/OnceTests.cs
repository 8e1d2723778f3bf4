using Roadworthy.Idempotency.Tests.Support;

namespace Roadworthy.Idempotency.Tests.Endpoints;

/// <summary>One after the other, with Npgsql alone and through EF Core.</summary>
public sealed class OnceTests(KeysServer server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_key_and_body_answer_the_same_status_headers_and_bytes(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        using var counts = app.Count();
        foreach (var path in (string[])["/payments", "/plain", "/bytes", "/unread"])
        {
            var first = await (await app.PostAsync(path, "one")).WholeAsync();
            Assert.StartsWith("20", first, StringComparison.Ordinal);
            Assert.Equal(first, await (await app.PostAsync(path, "one")).WholeAsync());
            Assert.Equal(first, await (await app.PostAsync(path, "\"one\"")).WholeAsync());
        }

        Assert.Equal((4, 4), (await app.PaymentsAsync(), await app.RunsAsync()));
        Assert.Equal("done=4 replayed=8", counts.Shown);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_is_of_one_user_and_one_route(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await app.PostAsync("/payments", "one").ShouldBeAsync(201);
        await app.PostAsync("/payments", "one", user: "bob").ShouldBeAsync(201);
        await app.PostAsync("/refunds", "one").ShouldBeAsync(201);
        await app.PostAsync("/payments", "two").ShouldBeAsync(201);
        await app.PostAsync("/payments", "ONE").ShouldBeAsync(201);
        Assert.Equal((5, 5), (await app.PaymentsAsync(), await app.KeysAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_body_path_or_query_with_the_key_is_a_422_and_does_nothing(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await app.PostAsync("/tills/1/payments", "one").ShouldBeAsync(201);
        await app.PostAsync("/tills/1/payments", "one", """{"amount":6}""").ShouldBeAsync(422, "idempotency-key-reused");
        await app.PostAsync("/tills/1/payments", "one", """{"amount":5} """).ShouldBeAsync(422);
        await app.PostAsync("/tills/2/payments", "one").ShouldBeAsync(422);
        await app.PostAsync("/tills/1/payments?x=1", "one").ShouldBeAsync(422);
        await app.PostAsync("/unread", "two", "a").ShouldBeAsync(200);
        await app.PostAsync("/unread", "two", "b").ShouldBeAsync(422);
        await app.PostAsync("/bytes", "two", "aa").ShouldBeAsync(202);
        await app.PostAsync("/bytes", "two", "ab").ShouldBeAsync(422);
        Assert.Equal(3, await app.PaymentsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_many_pieces_is_told_from_one_that_differs_in_its_last_byte(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        var text = new string('x', 3_000_000);
        await app.PostAsync("/bytes", "one", text + "a").ShouldBeAsync(202);
        await app.PostAsync("/bytes", "one", text + "b").ShouldBeAsync(422);
        await app.PostAsync("/bytes", "one", text + "a").ShouldBeAsync(202);
        Assert.Equal(1, await app.PaymentsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_refused_is_rolled_back_and_leaves_the_key_free(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        var problem = await app.PostAsync("/refused", "one").ShouldBeAsync(409);
        Assert.Equal("urn:test:refused", problem.GetProperty("type").GetString());
        await app.PostAsync("/refused", "one").ShouldBeAsync(409);
        Assert.Equal((0, 0, 2), (await app.PaymentsAsync(), await app.KeysAsync(), await app.RunsAsync()));
    }

    [Theory]
    [InlineData(false, "/broken")]
    [InlineData(true, "/broken")]
    [InlineData(false, "/cookie")]
    [InlineData(true, "/cookie")]
    [InlineData(false, "/long")]
    [InlineData(true, "/long")]
    public async Task What_fails_or_can_not_be_kept_is_a_500_that_did_nothing_and_leaves_the_key_free(bool throughContext, string path)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        var answer = await app.PostAsync(path, "one");
        Assert.Equal(500, (int)answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal((0, 0, 1), (await app.PaymentsAsync(), await app.KeysAsync(), await app.RunsAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_key_nothing_is_kept_and_so_an_answer_may_set_cookies_and_be_of_any_length(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        var answer = await app.PostAsync("/cookie", key: null);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.StartsWith("secret=value", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        var longOne = await app.PostAsync("/long", key: null);
        Assert.Equal(PaymentsApi.LongestAnswer + 1, (await longOne.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Length);
        Assert.Equal((2, 0), (await app.PaymentsAsync(), await app.KeysAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_can_not_be_read_does_not_use_the_key(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await app.PostAsync("/payments", "one", "{").ShouldBeAsync(400);
        await app.PostAsync("/payments", "one").ShouldBeAsync(201);
        Assert.Equal((1, 1), (await app.PaymentsAsync(), await app.KeysAsync()));
    }

    [Theory]
    [InlineData(null, "required")]
    [InlineData("", "binding")]
    [InlineData("  ", "binding")]
    [InlineData("a b", "binding")]
    [InlineData("\"a", "binding")]
    public async Task A_missing_or_malformed_key_is_a_400_that_names_the_header(string? key, string rule)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext: false);
        var problem = await app.PostAsync("/payments", key).ShouldBeAsync(400, "invalid-input");
        Assert.Equal("header:Idempotency-Key", problem.GetProperty("errors").EnumerateObject().Single().Name);
        Assert.Equal(rule, problem.GetProperty("rules").GetProperty("header:Idempotency-Key")[0].GetString());
        Assert.Equal(0, await app.PaymentsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_a_key_is_optional_a_request_without_one_is_carried_out_each_time(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await app.PostAsync("/optional", null).ShouldBeAsync(201);
        await app.PostAsync("/optional", null).ShouldBeAsync(201);
        await app.PostAsync("/optional", "one").ShouldBeAsync(201);
        await app.PostAsync("/optional", "one").ShouldBeAsync(201);
        Assert.Equal((3, 1), (await app.PaymentsAsync(), await app.KeysAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Where_a_key_is_optional_an_empty_one_is_no_missing_one(string key)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext: false);
        await app.PostAsync("/optional", key).ShouldBeAsync(400, "invalid-input");
        Assert.Equal(0, await app.PaymentsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_an_endpoint_and_its_group_the_key_is_taken_once_and_the_endpoints_word_holds(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await app.PostAsync("/group/required", "one").ShouldBeAsync(201);
        await app.PostAsync("/group/required", "one").ShouldBeAsync(201);
        await app.PostAsync("/group/required", "one", """{"amount":6}""").ShouldBeAsync(422);
        await app.PostAsync("/group/required", null).ShouldBeAsync(400);
        await app.PostAsync("/group/optional", null).ShouldBeAsync(201);
        Assert.Equal((2, 1), (await app.PaymentsAsync(), await app.KeysAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_does_not_end_is_refused_when_it_gets_too_long(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await app.PostAsync("/endless", "one").ShouldBeAsync(500);
        Assert.Equal((0, 0, 1), (await app.PaymentsAsync(), await app.KeysAsync(), await app.RunsAsync()));
    }

    [Fact]
    public async Task Somebody_who_is_nobody_has_no_keys()
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext: false);
        await app.PostAsync("/payments", "one", user: null).ShouldBeAsync(500);
        Assert.Equal(0, await app.PaymentsAsync());
    }
}
