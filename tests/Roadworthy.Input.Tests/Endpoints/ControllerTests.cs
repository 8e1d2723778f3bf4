using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints;

public sealed class ControllerTests
{
    [Theory]
    [InlineData("/api/inferred/7")]
    [InlineData("/old/explicit")]
    public async Task A_body_is_refused_with_all_its_errors_before_any_of_MVC_s_filters(string path)
    {
        var counter = new CountingFilter();
        await using var app = await StartAsync(mvc => mvc.Filters.Add(counter));

        var answer = await app.PostAsync(path, """{"weight":"x","Note":"\u0000"}""");

        Assert.Equal(["/weight type", "/note text"], answer.Rules);
        answer.IsProblem(400, "invalid-input");
        Assert.NotEmpty(answer.Problem.GetProperty("traceId").GetString()!);
        Assert.Equal(["/weight range"], (await app.PostAsync(path, """{"weight":11}""")).Rules);
        Assert.Equal([" required"], (await app.PostAsync(path, "null")).Rules);
        Assert.Equal([" required"], (await app.PostAsync(path, "")).Rules);
        Assert.Equal(0, counter.Count);
    }

    [Theory]
    [InlineData("/api/inferred/7", """{"weight":"2.0"}""", "7 2")]
    [InlineData("/old/explicit", """{"weight":"2.0"}""", "True 2")]
    [InlineData("/api/optional", "", "none")]
    [InlineData("/api/optional", "null", "none")]
    [InlineData("/old/allow", "", "none")]
    [InlineData("/api/optional", """{"weight":2}""", "some")]
    public async Task A_clean_body_is_bound(string path, string body, string expected)
    {
        await using var app = await StartAsync();

        (await app.PostAsync(path, body)).IsOk(expected);
        (await app.SendAsync(HttpMethod.Post, path, Unannounced(body, "application/json"))).IsOk(expected);
        (await app.SendAsync(HttpMethod.Post, path, Unannounced(body, "text/json; charset=utf-8"))).IsOk(expected);
    }

    [Fact]
    public async Task Another_charset_is_read()
    {
        await using var app = await StartAsync();

        (await app.PostAsync("/api/inferred/7", Encoding.BigEndianUnicode.GetBytes("""{"weight":3}"""), "application/json; charset=utf-16BE")).IsOk("7 3");
        (await app.PostAsync("/api/inferred/7", Encoding.Latin1.GetBytes("""{"weight":3,"note":"é"}"""), "application/json; charset=iso-8859-1")).IsOk("7 3");
    }

    [Fact]
    public async Task MVC_s_own_JSON_options_count()
    {
        await using var app = await StartAsync(builder: mvc => mvc.AddJsonOptions(json => json.JsonSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper));

        Assert.Equal(["/WEIGHT type"], (await app.PostAsync("/api/inferred/7", """{"WEIGHT":"x"}""")).Rules);
    }

    [Fact]
    public async Task What_is_no_JSON_body_stays_with_MVC()
    {
        await using var app = await StartAsync();

        (await app.SendAsync(HttpMethod.Post, "/old/form", new FormUrlEncodedContent([new("weight", "4")]))).IsOk("4");
        Assert.Equal(400, (await app.GetAsync("/api/query?v=x")).Status);
        Assert.Equal(400, (await app.PostAsync("/api/inferred/x", """{"weight":1}""")).Status);
        Assert.Equal(415, (await app.PostAsync("/api/inferred/7", "<a/>"u8.ToArray(), "application/xml")).Status);
        Assert.Equal(415, (await app.PostAsync("/api/inferred/7", "{}"u8.ToArray(), "application/json; charset=klingon")).Status);
        (await app.PostAsync("/api/small", """{"weight":1,"note":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""")).IsProblem(413, "content-too-large");
    }

    [Fact]
    public async Task A_body_that_another_formatter_reads_is_not_guarded_and_the_log_says_so()
    {
        await using var app = await StartAsync(mvc => mvc.InputFormatters.Insert(0, new FixedFormatter()));

        (await app.PostAsync("/old/explicit", "no JSON")).IsOk("True 9");
        (await app.PostAsync("/old/explicit", "no JSON")).IsOk("True 9");

        var line = Assert.Single(app.Logs.Ours);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("ParcelController.Explicit", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_JSON_options_can_t_describe_is_told_at_every_request_and_never_let_through()
    {
        await using var app = await StartAsync(builder: mvc => mvc.AddJsonOptions(json => json.JsonSerializerOptions.TypeInfoResolver = JsonTypeInfoResolver.Combine()));

        for (var i = 0; i < 2; i++)
        {
            var told = await Assert.ThrowsAsync<InvalidOperationException>(() => app.PostAsync("/old/explicit", """{"weight":1}"""));
            Assert.Contains("ParcelController.Explicit", told.Message, StringComparison.Ordinal);
            Assert.Contains(typeof(Parcel).FullName!, told.Message, StringComparison.Ordinal);
            Assert.Contains("AddJsonOptions", told.Message, StringComparison.Ordinal);
        }
    }

    private static Task<TestApp> StartAsync(Action<MvcOptions>? options = null, Action<IMvcBuilder>? builder = null) => TestApp.StartAsync(
        app => app.MapControllers(),
        services =>
        {
            var mvc = services.AddControllers(options).AddApplicationPart(typeof(ParcelController).Assembly);
            builder?.Invoke(mvc);
        });

    private static UnannouncedContent Unannounced(string body, string contentType)
    {
        var content = new UnannouncedContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    private sealed class CountingFilter : IAuthorizationFilter
    {
        public int Count { get; private set; }

        public void OnAuthorization(AuthorizationFilterContext context) => Count++;
    }

    private sealed class FixedFormatter : InputFormatter
    {
        public FixedFormatter() => SupportedMediaTypes.Add("application/json");

        public override Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context) => InputFormatterResult.SuccessAsync(new Parcel(9));
    }
}
