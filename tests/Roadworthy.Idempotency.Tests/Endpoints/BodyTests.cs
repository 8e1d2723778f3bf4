using System.Net.Http.Headers;
using System.Text;
using Roadworthy.Idempotency.Tests.Support;
using Roadworthy.Testing;

namespace Roadworthy.Idempotency.Tests.Endpoints;

/// <summary>Bodies that are read by somebody else than the binder: the handler itself, or what runs before the endpoint.</summary>
public sealed class BodyTests(KeysServer server)
{
    [Theory]
    [InlineData(false, "/bytes")]
    [InlineData(true, "/bytes")]
    [InlineData(false, "/stream")]
    [InlineData(true, "/stream")]
    [InlineData(false, "/pipe")]
    [InlineData(true, "/pipe")]
    public async Task A_handler_that_reads_the_body_itself_gets_all_of_it(bool throughContext, string path)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        foreach (var length in (int[])[0, 5, 100_000, 3_000_000])
        {
            using var answer = await app.PostAsync(path, $"{length}", new string('x', length));
            Assert.Equal($"{length} of it", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_is_repeated_reads_the_body_again(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await using var collisions = await Collisions.ProvokeAsync(app.ConnectionString, "payments", times: 2, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var path in (string[])["/bytes", "/stream", "/pipe", "/form"])
        {
            using var answer = await app.SendAsync(path, "one", Form(("amount", "12345")));
            Assert.Equal(path == "/form" ? "12345" : "12 of it", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal((4, 6), (await app.PaymentsAsync(), await collisions.AttemptsAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(false, "/form")]
    [InlineData(true, "/form")]
    [InlineData(false, "/early/form")]
    [InlineData(true, "/early/form")]
    public async Task A_form_is_told_from_another_wherever_it_is_read(bool throughContext, string path)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        using var first = await app.SendAsync(path, "one", Form(("amount", "5"), ("for", "ann")));
        Assert.Equal("5", await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await app.SendAsync(path, "one", Form(("amount", "5"), ("for", "ann"))).ShouldBeAsync(200);
        await app.SendAsync(path, "one", Form(("amount", "5000"), ("for", "ann"))).ShouldBeAsync(422, "idempotency-key-reused");
        await app.SendAsync(path, "one", Form(("amount", "5"), ("for", "annette"))).ShouldBeAsync(422);
        await app.SendAsync(path, "one", Form(("amount", "5"), ("for", "ann"), ("for", "ann"))).ShouldBeAsync(422);
        await app.SendAsync(path, "two", Upload("receipt", "a.txt", "text")).ShouldBeAsync(200);
        await app.SendAsync(path, "two", Upload("receipt", "a.txt", "texT")).ShouldBeAsync(422);
        await app.SendAsync(path, "two", Upload("receipt", "b.txt", "text")).ShouldBeAsync(422);
        await app.SendAsync(path, "two", Upload("receipt", "a.txt", "text")).ShouldBeAsync(200);
        Assert.Equal(2, await app.PaymentsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_was_read_before_the_endpoint_and_is_gone_is_an_error_and_not_taken_for_none(bool throughContext)
    {
        await using var app = await PaymentsApp.StartAsync(server, throughContext);
        await app.PostAsync("/early/unread", "one", "a").ShouldBeAsync(500);
        await app.PostAsync("/early/unread", "one", "").ShouldBeAsync(200);
        await app.PostAsync("/early/unread", null, "a").ShouldBeAsync(200);
        Assert.Equal(2, await app.PaymentsAsync());
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static MultipartFormDataContent Upload(string name, string file, string content)
    {
        var part = new ByteArrayContent(Encoding.UTF8.GetBytes(content)) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } };
        return new("the-same-boundary") { { new StringContent("7"), "amount" }, { part, name, file } };
    }
}
