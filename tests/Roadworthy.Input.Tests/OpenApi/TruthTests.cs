using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.OpenApi;

/// <summary>The document against behaviour: what a schema takes is taken, and what it does not take is refused.</summary>
public sealed class TruthTests
{
    private static readonly string[] Texts =
    [
        "", " ", "x", "3", " 3 ", "3.0", "3e0", "0.3e1", "42e1", "-3", "3.5", "1e-3", "9", "300", "99999999999", "1e25", "NaN", "Infinity", "0x3", "1,000", "+3", "03",
        "true", "FALSE", " true", "yes", "Red", "Blue", "Green", "2026-01-31", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00+02:00", "2026-13-31", "31.01.2026",
        "123e4567-e89b-12d3-a456-426614174000", "{123e4567-e89b-12d3-a456-426614174000}", "123e4567e89b12d3a456426614174000", "aGk=",
    ];

    private static readonly string[] Others =
    [
        "null", "3", "3.0", "-3", "3.5", "9", "300", "99999999999", "true", "false", "[]", "[3]", "[\"3\"]", "[\"x\"]", "[null]", "{}", "{\"a\":3}", "{\"a\":\"x\"}", "{\"a\":null}",
        "{\"quantity\":3}", "{\"quantity\":\"3.0\"}", "{\"quantity\":9}", "{\"quantity\":null}", "{\"$type\":\"circle\",\"radius\":3}", "{\"$type\":\"circle\"}", "{\"radius\":3}",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_member_takes_what_its_schema_takes_and_nothing_else(bool namesEnums)
    {
        await using var app = await StartAsync(namesEnums);
        var document = await DocumentAsync(app);
        var check = new SchemaCheck(document);
        var order = document.GetProperty("components").GetProperty("schemas").GetProperty("OrderInput");
        var sound = new JsonObject { ["quantity"] = 3, ["price"] = 3.5, ["note"] = "x", ["line"] = new JsonObject { ["quantity"] = 3 }, ["at"] = "2026-01-31T12:00:00Z" };
        Assert.True(check.Takes(order, JsonElement.Parse(sound.ToJsonString())));
        var lies = new List<string>();
        var taken = 0;
        foreach (var property in order.GetProperty("properties").EnumerateObject())
        {
            foreach (var value in Texts.Select(text => JsonSerializer.Serialize(text)).Concat(Others).Append(null))
            {
                var body = (JsonObject)sound.DeepClone();
                body.Remove(property.Name);
                if (value is not null) body[property.Name] = JsonNode.Parse(value);
                var said = check.Takes(order, JsonElement.Parse(body.ToJsonString()));
                var answer = await app.PostAsync("/orders", body.ToJsonString());
                taken += answer.Status == 200 ? 1 : 0;
                if (said != (answer.Status == 200) && !IsLeniency(property.Name, value, said)) lies.Add($"{property.Name}: {value} is {(said ? "refused" : "taken")}");
            }
        }

        Assert.Empty(lies);
        Assert.True(taken > 100, $"Only {taken} values were taken.");
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("size")]
    [InlineData("ratio")]
    [InlineData("flag")]
    [InlineData("color")]
    [InlineData("maybe")]
    [InlineData("at")]
    [InlineData("id")]
    [InlineData("name")]
    public async Task Every_parameter_takes_what_its_schema_takes_and_nothing_else(string name)
    {
        await using var app = await StartAsync(namesEnums: false);
        var document = await DocumentAsync(app);
        var check = new SchemaCheck(document);
        var parameter = document.GetProperty("paths").GetProperty("/list").GetProperty("get").GetProperty("parameters").EnumerateArray()
            .Single(one => string.Equals(one.GetProperty("name").GetString(), name, StringComparison.Ordinal));
        var sound = new Dictionary<string, string>(StringComparer.Ordinal) { ["flag"] = "true", ["color"] = "Red", ["name"] = "abc" };
        sound.Remove(name);
        var lies = new List<string>();
        foreach (var text in Texts.Append(null))
        {
            var query = string.Join('&', sound.Select(one => $"{one.Key}={one.Value}").Append(text is null ? "x=" : $"{name}={Uri.EscapeDataString(text)}"));
            var said = text is null ? !(parameter.TryGetProperty("required", out var required) && required.GetBoolean()) : TakesText(check, parameter.GetProperty("schema"), text);
            var answer = await app.GetAsync("/list?" + query);
            if (said != (answer.Status == 200) && !(!said && string.IsNullOrWhiteSpace(text) && name is "maybe" or "at" or "id")) lies.Add($"{name}: {text} is {(said ? "refused" : "taken")}");
        }

        Assert.Empty(lies);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_is_what_its_schema_says_and_can_be_sent_back(bool namesEnums)
    {
        await using var app = await StartAsync(namesEnums);
        var document = await DocumentAsync(app);
        var answer = await app.PostAsync("/orders", """{"quantity":"3.0","price":" 3.5 ","note":"x","line":{"quantity":3},"at":"2026-01-31T12:00:00+02:00","color":"blue"}""");
        Assert.Equal(200, answer.Status);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.True(new SchemaCheck(document).Takes(schemas.GetProperty("Order"), JsonElement.Parse(answer.Body)), answer.Body);
        Assert.True(new SchemaCheck(document).Takes(schemas.GetProperty("OrderInput"), JsonElement.Parse(answer.Body)), answer.Body);
        Assert.Equal(answer.Body, (await app.PostAsync("/orders", answer.Body)).Body);
    }

    [Fact]
    public async Task A_refusal_is_what_its_schema_says()
    {
        await using var app = await StartAsync(namesEnums: false);
        var document = await DocumentAsync(app);
        var answers = document.GetProperty("paths").GetProperty("/orders").GetProperty("post").GetProperty("responses");
        var check = new SchemaCheck(document);
        var bad = await app.PostAsync("/orders", """{"quantity":"x"}""");
        Assert.True(check.Takes(Schema("400"), JsonElement.Parse(bad.Body)), bad.Body);
        var other = await app.PostAsync("/orders", "x"u8.ToArray(), "text/plain");
        Assert.Equal(415, other.Status);
        Assert.True(check.Takes(Schema("415"), JsonElement.Parse(other.Body)), other.Body);

        JsonElement Schema(string status) => answers.GetProperty(status).GetProperty("content").GetProperty("application/problem+json").GetProperty("schema");
    }

    /// <summary>What the guard takes beyond the schema, as it says: empty text for an absent value that is no number, and white space around it.</summary>
    private static bool IsLeniency(string member, string? value, bool said) =>
        !said && (value is "\"\"" or "\" \"" && member is not ("text" or "note" or "at") || member is "computed");

    private static bool TakesText(SchemaCheck check, JsonElement schema, string text) => check.Takes(schema, JsonElement.Parse(JsonSerializer.Serialize(text)));

    private static Task<TestApp> StartAsync(bool namesEnums) => TestApp.StartAsync(
        app =>
        {
            app.MapOpenApi();
            app.MapPost("/orders", (Order order) => order);
            app.MapGet("/list", (int? limit, float? ratio, bool flag, Color color, Color? maybe, DateTimeOffset? at, Guid? id, [Required] [StringLength(5)] string? name, [Range(1, 5)] long size = 3) => "");
        },
        services =>
        {
            services.AddOpenApi();
            if (namesEnums) services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        });

    private static async Task<JsonElement> DocumentAsync(TestApp app) => JsonElement.Parse((await app.GetAsync("/openapi/v1.json")).Body);

    public enum Color
    {
        Red = 3,
        Blue = 7,
    }

    public sealed class Order
    {
        [Required]
        [Range(1, 5)]
        public int? Quantity { get; set; }

        public required double Price { get; set; }

        public byte Small { get; set; } = 7;

        public long? Maybe { get; set; }

        public decimal Total { get; set; }

        public bool Paid { get; set; } = true;

        [Required]
        [StringLength(100)]
        public string? Note { get; set; }

        public string? Text { get; set; }

        public Color Color { get; set; } = Color.Red;

        public Color? Other { get; set; }

        public required DateTimeOffset At { get; set; }

        public DateOnly? Day { get; set; }

        public Guid Id { get; set; }

        public required Line Line { get; set; }

        public Line? Next { get; set; }

        public List<int> Numbers { get; set; } = [];

        public List<int?>? Gaps { get; set; }

        public Dictionary<string, int>? Tags { get; set; }

        public Shape? Shape { get; set; }

        public int Computed => Numbers.Count;
    }

    public sealed record Line([property: Range(1, 5)] int Quantity);

    [JsonDerivedType(typeof(Circle), "circle")]
    public abstract record Shape;

    public sealed record Circle(int Radius) : Shape;
}
