using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Forms;

/// <summary>One type, taken from a form and from a JSON body: what is right for one is right for the other.</summary>
public sealed class FormInputTests
{
    public static TheoryData<string, string> Fields => new()
    {
        { "name", "Ann" }, { "name", "" }, { "name", "  " }, { "name", "<b>" }, { "name", "\u00e9\ud83d\ude97" }, { "name", "a name that is longer than it may be" },
        { "age", "42" }, { "age", "" }, { "age", " 42 " }, { "age", "42.0" }, { "age", "4e1" }, { "age", "forty" }, { "age", "-1" }, { "age", "3000000000" }, { "age", "0x2A" },
        { "news", "true" }, { "news", "on" }, { "news", "" }, { "news", "FALSE" }, { "born", "2020-02-30" }, { "born", "2020-02-29" }, { "born", "" },
        { "colour", "red" }, { "colour", "mauve" }, { "tags", "one" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_is_taken_and_refused_as_the_same_text_is_in_a_body(string field, string text)
    {
        await using var app = await StartAsync();
        var right = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Ann", ["age"] = "42", [field] = text };
        var form = await app.SendAsync(HttpMethod.Post, "/form", new FormUrlEncodedContent(right));
        var json = await app.PostAsync("/json", JsonSerializer.Serialize(right));
        Assert.Equal(json.Status, form.Status);
        if (form.Status == 200) form.IsOk(json.Body);
        else Assert.Equal(json.Rules.Order(StringComparer.Ordinal), Refused(form).Select(refused => "/" + refused).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_field_that_comes_more_than_once_is_a_list_and_one_of_no_member_is_left_out()
    {
        await using var app = await StartAsync();
        var form = await app.SendAsync(HttpMethod.Post, "/form", new FormUrlEncodedContent(
            [KeyValuePair.Create("name", "Ann"), KeyValuePair.Create("age", "42"), KeyValuePair.Create("tags", "one"), KeyValuePair.Create("tags", "two"), KeyValuePair.Create("__token", "x")]));
        Assert.Equal(200, form.Status);
        Assert.Contains("\"tags\":[\"one\",\"two\"]", form.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_inside_a_member_is_wrong_with_its_field()
    {
        await using var app = await StartAsync();
        var form = await app.SendAsync(HttpMethod.Post, "/form", new FormUrlEncodedContent(
            [KeyValuePair.Create("name", "Ann"), KeyValuePair.Create("age", "42"), KeyValuePair.Create("sizes", "1"), KeyValuePair.Create("sizes", "large")]));
        Assert.Equal(["sizes type"], Refused(form));
    }

    [Fact]
    public async Task A_form_of_files_is_read_by_its_fields()
    {
        await using var app = await StartAsync();
        using var content = new MultipartFormDataContent { { new StringContent("Ann"), "name" }, { new StringContent("42"), "age" }, { new ByteArrayContent([1, 2, 3]), "picture", "a.png" } };
        Assert.Equal(200, (await app.SendAsync(HttpMethod.Post, "/form", content)).Status);
    }

    [Theory]
    [InlineData("name=a%00", "application/x-www-form-urlencoded")]
    [InlineData("--x", "multipart/form-data; boundary=x")]
    [InlineData("{}", "application/json")]
    public async Task What_is_no_form_is_the_clients_fault(string body, string type)
    {
        await using var app = await StartAsync();
        var error = await Assert.ThrowsAsync<BadHttpRequestException>(() => app.PostAsync("/form", System.Text.Encoding.ASCII.GetBytes(body), type));
        Assert.Equal(400, error.StatusCode);
    }

    [Fact]
    public async Task A_list_is_no_form()
    {
        await using var app = await TestApp.StartAsync(routes => routes.MapPost("/list", async (HttpContext http, FormInput forms) => (await forms.ReadAsync<List<string>>(http)).Value));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.SendAsync(HttpMethod.Post, "/list", new FormUrlEncodedContent([KeyValuePair.Create("a", "b")])));
        Assert.Contains("Take a type whose members are the form's fields.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>As "field rule".</summary>
    private static IEnumerable<string> Refused(Answer form)
    {
        Assert.Equal(400, form.Status);
        return JsonElement.Parse(form.Body).EnumerateObject().SelectMany(field => field.Value.EnumerateArray().Select(rule => $"{field.Name} {rule}"));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(routes =>
    {
        routes.MapPost("/json", (Person person) => person);
        routes.MapPost("/form", async (HttpContext http, FormInput forms) =>
        {
            var reading = await forms.ReadAsync<Person>(http);
            return reading.Value is { } person
                ? Results.Json(person)
                : Results.Json(reading.Errors.ToDictionary(field => field.Key, field => field.Value.Select(error => error.Rule)), statusCode: 400);
        });
    });

    private sealed record Person([property: Required, MaxLength(20)] string Name, [property: Range(0, 150)] int Age)
    {
        public bool News { get; init; }

        public DateOnly? Born { get; init; }

        public Colour? Colour { get; init; }

        public IReadOnlyList<string> Tags { get; init; } = [];

        public IReadOnlyList<int> Sizes { get; init; } = [];
    }

    private enum Colour
    {
        Red,
        Green,
    }
}
