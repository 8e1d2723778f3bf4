using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Values;

public sealed class QueryTests
{
    [Theory]
    [InlineData("/int", "query:v required")]
    [InlineData("/int?v=", "query:v required")]
    [InlineData("/int?v=%20%09", "query:v required")]
    [InlineData("/int?v=42", "42")]
    [InlineData("/int?v=42.0", "42")]
    [InlineData("/int?v=%2042%20", "42")]
    [InlineData("/int?v=+42+", "42")]
    [InlineData("/int?V=42", "42")]
    [InlineData("/int?v=4.2e1", "42")]
    [InlineData("/int?v=42.5", "query:v type")]
    [InlineData("/int?v=042", "query:v type")]
    [InlineData("/int?v=%2B42", "query:v type")]
    [InlineData("/int?v=42%00", "query:v text")]
    [InlineData("/int?v=1,000", "query:v type")]
    [InlineData("/int?v=0x1", "query:v type")]
    [InlineData("/int?v=%EF%BC%94", "query:v type")]
    [InlineData("/int?v=2147483648", "query:v range")]
    [InlineData("/int?v=1e1000000000", "query:v range")]
    [InlineData("/int?v=1&v=1", "query:v duplicate")]
    [InlineData("/int?v=1&V=2", "query:v duplicate")]
    [InlineData("/nullable", "-")]
    [InlineData("/nullable?v=", "-")]
    [InlineData("/nullable?v=null", "query:v type")]
    [InlineData("/nullable?v=7", "7")]
    [InlineData("/default", "5")]
    [InlineData("/default?v=", "5")]
    [InlineData("/default?v=7.0", "7")]
    [InlineData("/default?v=x", "query:v type")]
    [InlineData("/nullable-default?v=", "5")]
    [InlineData("/double?v=1e400", "query:v range")]
    [InlineData("/double?v=NaN", "query:v type")]
    [InlineData("/double?v=1.50", "1.5")]
    [InlineData("/decimal?v=1.50", "1.50")]
    [InlineData("/bool?v=TRUE", "True")]
    [InlineData("/bool?v=1", "query:v type")]
    [InlineData("/bool?v=", "query:v required")]
    [InlineData("/guid?v=6f9619ff-8b86-d011-b42d-00cf4fc964ff", "6f9619ff-8b86-d011-b42d-00cf4fc964ff")]
    [InlineData("/guid?v=6f9619ff8b86d011b42d00cf4fc964ff", "query:v type")]
    public async Task A_number_or_another_single_value(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/int", (int v) => Text(v));
            a.MapGet("/nullable", (int? v) => Text(v));
            a.MapGet("/default", (int v = 5) => Text(v));
            a.MapGet("/nullable-default", (int? v = 5) => Text(v));
            a.MapGet("/double", (double v) => Text(v));
            a.MapGet("/decimal", (decimal v) => Text(v));
            a.MapGet("/bool", (bool v) => Text(v));
            a.MapGet("/guid", (Guid v) => Text(v));
        });

        await Query.ExpectAsync(app, path, expected);
    }

    [Theory]
    [InlineData("/colour?c=red", "Red")]
    [InlineData("/colour?c=GREEN", "Green")]
    [InlineData("/colour?c=%20Red", "Red")]
    [InlineData("/colour?c=9", "query:c oneOf")]
    [InlineData("/colour?c=1", "query:c oneOf")]
    [InlineData("/colour?c=%EF%BC%91", "query:c oneOf")]
    [InlineData("/colour?c=Red,Green", "query:c oneOf")]
    [InlineData("/named?c=red", "Red")]
    [InlineData("/colours?c=red&c=Green", "Red Green")]
    [InlineData("/colours?c=red&c=9", "query:c oneOf")]
    public async Task An_enum_is_read_by_name_in_any_case_and_never_by_number(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/colour", (Colour c) => c.ToString());
            a.MapGet("/named", (NamedColour c) => c.ToString());
            a.MapGet("/colours", (Colour[] c) => string.Join(' ', c));
        });

        await Query.ExpectAsync(app, path, expected);
    }

    [Theory]
    [InlineData("/offset?t=2026-01-31T12:00:00Z", "2026-01-31T12:00:00.0000000+00:00")]
    [InlineData("/offset?t=2026-01-31T12:00:00%2B02:00", "2026-01-31T10:00:00.0000000+00:00")]
    [InlineData("/offset?t=2026-01-31T12:00:00", "query:t type")]
    [InlineData("/offset?t=1/2/2026", "query:t type")]
    [InlineData("/offset?t=2026-02-30T12:00:00Z", "query:t type")]
    [InlineData("/time?t=2026-01-31T12:00:00%2B02:00", "2026-01-31T10:00:00.0000000Z")]
    [InlineData("/time?t=2026-01-31T12:00:00", "2026-01-31T12:00:00.0000000")]
    [InlineData("/date?t=2026-01-31", "2026-01-31")]
    [InlineData("/date?t=31.1.2026", "query:t type")]
    public async Task A_point_in_time(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/offset", (DateTimeOffset t) => t.ToString("O", CultureInfo.InvariantCulture));
            a.MapGet("/time", (DateTime t) => t.ToString("O", CultureInfo.InvariantCulture));
            a.MapGet("/date", (DateOnly t) => t.ToString("O", CultureInfo.InvariantCulture));
        });

        await Query.ExpectAsync(app, path, expected);
    }

    [Fact]
    public async Task A_list_says_which_of_its_values_is_wrong()
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/", (int[] v, int?[] n) => $"{string.Join(' ', v)}/{string.Join(' ', n)}"));

        var answer = await app.GetAsync("/?v=1&v=x&v=3&v=");

        Assert.Equal(["query:v type", "query:v required"], answer.Rules);
        Assert.Equal(["Value 2 of 4: Must be a whole number, but other text came.", "Value 4 of 4: Is required, but an empty string came."], answer.Messages("query:v"));
        (await app.GetAsync("/?v=1.0&v=2&n=3&n=&n=4.0")).IsOk("1 2/3  4");
        (await app.GetAsync("/")).IsOk("/");
    }

    [Theory]
    [InlineData("/weight?w=g5&v=x", "query:v type")]
    [InlineData("/weight?w=5&v=x", "query:w binding,query:v type")]
    [InlineData("/weight?w=5%00&v=1", "query:w text")]
    [InlineData("/weight?w=g5&v=1", "5 1 ")]
    [InlineData("/weight?w=%20&v=1", "query:w required")]
    [InlineData("/weight?w=g5&v=1&list=g1&list=2", "query:list binding")]
    [InlineData("/weight?w=g5&v=1&list=g1&list=g2", "5 1 1 2")]
    public async Task A_type_s_own_TryParse_stands_beside_the_others(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(a =>
            a.MapGet("/weight", (Weight w, int v, Weight[] list) => $"{w.Grams} {v} {string.Join(' ', list.Select(x => x.Grams))}"));

        await Query.ExpectAsync(app, path, expected);
    }

    [Theory]
    [InlineData("/search?Page=x&Sort=%00&limit=ten", "query:Page type,query:Sort text,query:limit type")]
    [InlineData("/search?page=2.0&limit=", "2  ")]
    [InlineData("/search", "query:Page required")]
    [InlineData("/search?page=500", "query:Page range")]
    public async Task The_members_of_AsParameters_are_parameters(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/search", ([AsParameters] Search search) => $"{search.Page} {search.Sort} {search.Limit}"));

        await Query.ExpectAsync(app, path, expected);
    }

    [Theory]
    [InlineData("/?limit=101", "query:limit range")]
    [InlineData("/?limit=100.0", "100")]
    [InlineData("/", "0")]
    [InlineData("/?limit=x", "query:limit type")]
    [InlineData("/list?ids=1&ids=2&ids=3", "query:ids maxLength")]
    [InlineData("/list?ids=1&ids=2", "2")]
    [InlineData("/default", "7")]
    [InlineData("/required", "query:s required")]
    [InlineData("/mail?s=nobody", "query:s emailAddress")]
    public async Task Validation_attributes_run_on_what_could_be_read(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapGet("/", ([Range(1, 100)] int? limit) => $"{limit ?? 0}");
            a.MapGet("/list", ([MaxLength(2)] int[] ids) => ids.Length);
            a.MapGet("/default", ([Range(1, 5)] int limit = 7) => limit);
            a.MapGet("/required", ([Required] string? s) => s);
            a.MapGet("/mail", ([EmailAddress] string s) => s);
        });

        await Query.ExpectAsync(app, path, expected);
    }

    [Fact]
    public async Task The_query_string_itself_stays_as_it_came()
    {
        await using var app = await TestApp.StartAsync(a => a.MapGet("/", (int v, HttpRequest request) => $"{v} {request.Query["V"]} {request.Query["w"]} {request.QueryString}"));

        (await app.GetAsync("/?v=42.0&w=a%20b")).IsOk("42 42 a b ?v=42.0&w=a%20b");
    }

    [Fact]
    public async Task Services_and_special_types_are_no_input()
    {
        await using var app = await TestApp.StartAsync(
            a => a.MapGet("/", (HttpContext http, Uri? u, TimeProvider time, [FromServices] IConvertible c, [FromKeyedServices("k")] IConvertible k, CancellationToken token) =>
                $"{u} {http is not null} {time is not null} {c} {k}"),
            services => services.AddSingleton(TimeProvider.System).AddSingleton<IConvertible>("c").AddKeyedSingleton<IConvertible>("k", "k"));

        (await app.GetAsync("/?u=http://x/&c=%00&k=%00&time=x")).IsOk("http://x/ True True c k");
    }

    private static string Text(object? value) => value is null ? "-" : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private sealed record Search([Range(1, 100)] int Page, string? Sort = null, [FromQuery(Name = "limit")] int? Limit = null);
}
