using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Roadworthy.Input.Tests.OpenApi;

public sealed class RequestSchemaTests
{
    [Theory]
    [InlineData("quantity", "[\"integer\",\"string\"]")]
    [InlineData("small", "[\"integer\",\"string\"]")]
    [InlineData("price", "[\"number\",\"string\"]")]
    [InlineData("total", "[\"number\",\"string\"]")]
    [InlineData("paid", "[\"boolean\",\"string\"]")]
    [InlineData("maybe", "[\"null\",\"integer\",\"string\"]")]
    [InlineData("note", "\"string\"")]
    [InlineData("remark", "[\"null\",\"string\"]")]
    [InlineData("count", "[\"null\",\"integer\",\"string\"]")]
    [InlineData("numbers", "\"array\"")]
    [InlineData("optional", "[\"null\",\"array\"]")]
    [InlineData("at", "\"string\"")]
    [InlineData("anything", null)]
    public async Task A_member_tells_what_it_takes(string member, string? type)
    {
        var described = await OrdersAsync();
        var schema = described.Body("/orders").GetProperty("properties").GetProperty(member);
        Assert.Equal(type, schema.TryGetProperty("type", out var known) ? known.GetRawText() : null);
    }

    [Fact]
    public async Task Exactly_those_members_are_required_that_the_guard_requires() =>
        Assert.Equal(
            ["at", "note", "numbers", "paid", "price", "quantity", "small", "total"],
            (await OrdersAsync()).Body("/orders").GetProperty("required").EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_members_bounds_and_own_pattern_stay()
    {
        var properties = (await OrdersAsync()).Body("/orders").GetProperty("properties");
        Assert.Equal((1, 5), (properties.GetProperty("quantity").GetProperty("minimum").GetInt32(), properties.GetProperty("quantity").GetProperty("maximum").GetInt32()));
        Assert.Equal("int32", properties.GetProperty("quantity").GetProperty("format").GetString());
        Assert.Equal("^[0-9]{3}$", properties.GetProperty("count").GetProperty("pattern").GetString());
    }

    [Theory]
    [InlineData("quantity", true, "42", "-42", "42.0", "4.2e1", "42e1", "0", " 42\t")]
    [InlineData("quantity", false, "", "42.5", "042", "+42", "NaN", "4 2", "42\u00A0", "٤٢", "1e-1")]
    [InlineData("maybe", true, "", " ", "42")]
    [InlineData("small", true, "42")]
    [InlineData("small", false, "-42")]
    [InlineData("price", true, "42.5", "-1e-3", " 0.1 ")]
    [InlineData("price", false, "", "NaN", "Infinity", ".5", "5.", "1,000", "0x1")]
    [InlineData("paid", true, "true", "False", " TRUE ")]
    [InlineData("paid", false, "", "1", "yes", "truefalse")]
    public async Task Text_for_what_is_no_text_has_a_pattern(string member, bool matches, params string[] texts)
    {
        var pattern = (await OrdersAsync()).Body("/orders").GetProperty("properties").GetProperty(member).GetProperty("pattern").GetString()!;
        Assert.All(texts, text => Assert.Equal(matches, Regex.IsMatch(text, pattern, RegexOptions.ECMAScript)));
    }

    [Fact]
    public async Task Not_a_number_is_not_offered_even_where_the_host_could_read_it()
    {
        var described = await OrdersAsync(services => services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals));
        var price = described.Body("/orders").GetProperty("properties").GetProperty("price");
        Assert.DoesNotContain("NaN", price.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("[\"number\",\"string\"]", price.GetProperty("type").GetRawText());
    }

    [Fact]
    public async Task An_enum_lists_its_names_and_the_numbers_that_the_host_writes()
    {
        var described = await OrdersAsync();
        Assert.Equal("[\"Red\",\"Blue\",1,7]", described.Schema("Color").GetProperty("enum").GetRawText());
        Assert.False(described.Schema("Rights").TryGetProperty("enum", out _));
    }

    [Fact]
    public async Task An_enum_that_the_host_writes_by_name_is_listed_as_it_writes_it()
    {
        var described = await OrdersAsync(services => services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase))));
        Assert.Equal("[\"red\",\"blue\"]", described.Schema("Color").GetProperty("enum").GetRawText());
    }

    [Fact]
    public async Task A_type_that_answers_use_too_stays_for_them_as_it_was()
    {
        void Routes(WebApplication app)
        {
            app.MapPost("/echo", (Both both) => both);
            app.MapPost("/only", (Only only) => only.Line);
        }

        var plain = await Described.ByAsync(Routes, guarded: false);
        var described = await Described.ByAsync(Routes);
        Assert.Equal(plain.Schema("Both").GetRawText(), described.Schema("Both").GetRawText());
        Assert.Equal(plain.Schema("Line").GetRawText(), described.Schema("Line").GetRawText());
        Assert.Equal(plain.Schema("Text").GetRawText(), described.Schema("Text").GetRawText());
        Assert.Equal(plain.Answer("/echo", "post", "200").GetRawText(), described.Answer("/echo", "post", "200").GetRawText());
        Assert.Equal(["Both", "BothInput", "InputProblem", "Line", "LineInput", "Only", "Problem", "Text"], described.Schemas);
        Assert.Contains("#/components/schemas/LineInput", described.Schema("BothInput").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("#/components/schemas/BothInput", described.Schema("BothInput").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("#/components/schemas/Text", described.Schema("BothInput").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("#/components/schemas/LineInput", described.Schema("Only").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_not_taken_again()
    {
        var described = await Described.ByAsync(app =>
        {
            app.MapPost("/echo", (Line line) => line);
            app.MapPost("/input", (LineInput line) => "");
        });
        Assert.Contains("LineInput2", described.Schemas);
        Assert.Equal("[\"integer\",\"string\"]", described.Body("/echo").GetProperty("properties").GetProperty("quantity").GetProperty("type").GetRawText());
        Assert.True(described.Body("/input").GetProperty("properties").TryGetProperty("other", out _));
    }

    [Fact]
    public async Task The_types_of_a_choice_tell_what_they_take()
    {
        var described = await Described.ByAsync(app => app.MapPost("/shapes", (Shape shape) => shape));
        var shape = described.Body("/shapes");
        Assert.Equal("#/components/schemas/ShapeCircleInput", shape.GetProperty("anyOf")[0].GetProperty("$ref").GetString());
        Assert.Equal("#/components/schemas/ShapeCircleInput", shape.GetProperty("discriminator").GetProperty("mapping").GetProperty("circle").GetString());
        Assert.Matches(described.Schema("ShapeCircleInput").GetProperty("properties").GetProperty("radius").GetProperty("pattern").GetString()!, "4.0");
        Assert.DoesNotMatch(described.Schema("ShapeCircle").GetProperty("properties").GetProperty("radius").GetProperty("pattern").GetString()!, "4.0");
    }

    [Theory]
    [InlineData("limit", "[\"integer\",\"string\"]", true)]
    [InlineData("size", "[\"integer\",\"string\"]", true)]
    [InlineData("id", "[\"integer\",\"string\"]", false)]
    [InlineData("number", "\"integer\"", false)]
    [InlineData("flag", "[\"boolean\",\"string\"]", false)]
    [InlineData("X-Count", "[\"integer\",\"string\"]", false)]
    public async Task A_parameter_tells_what_it_takes(string name, string type, bool takesBlank)
    {
        var schema = (await ListAsync()).Parameter("/list/{id}/{number}", name);
        Assert.Equal(type, schema.GetProperty("type").GetRawText());
        Assert.Equal(takesBlank, schema.TryGetProperty("pattern", out var pattern) && Regex.IsMatch("", pattern.GetString()!));
    }

    [Fact]
    public async Task An_enum_in_the_query_is_one_of_its_names()
    {
        var described = await ListAsync();
        Assert.Equal("[\"Red\",\"Blue\"]", described.Parameter("/list/{id}/{number}", "color").GetProperty("enum").GetRawText());
        Assert.Equal("\"string\"", described.Parameter("/list/{id}/{number}", "color").GetProperty("type").GetRawText());
        Assert.Equal("Blue", described.Parameter("/list/{id}/{number}", "other").GetProperty("default").GetString());
    }

    [Fact]
    public async Task A_list_in_the_query_may_be_empty()
    {
        var described = await ListAsync();
        var parameter = described.At("paths", "/list/{id}/{number}", "get", "parameters").EnumerateArray().Single(one => string.Equals(one.GetProperty("name").GetString(), "ids", StringComparison.Ordinal));
        Assert.False(parameter.TryGetProperty("required", out _));
        Assert.Matches(parameter.GetProperty("schema").GetProperty("items").GetProperty("pattern").GetString()!, "4.0");
    }

    private static Task<Described> OrdersAsync(Action<IServiceCollection>? services = null) => Described.ByAsync(app => app.MapPost("/orders", (Order order) => ""), services);

    private static Task<Described> ListAsync() => Described.ByAsync(app => app.MapGet(
        "/list/{id}/{number:int}",
        (long id, int number, int? limit, bool flag, Color color, int[] ids, [FromHeader(Name = "X-Count")] int count, int size = 3, Color other = Color.Blue) => ""));

    public enum Color
    {
        Red = 1,
        Blue = 7,
    }

    [Flags]
    public enum Rights
    {
        None,
        Read,
        Write,
    }

    public sealed class Order
    {
        [Required]
        [Range(1, 5)]
        public int? Quantity { get; set; }

        public required byte Small { get; set; }

        public required double Price { get; set; }

        public required decimal Total { get; set; }

        public required bool Paid { get; set; }

        public int? Maybe { get; set; }

        [Required]
        public string? Note { get; set; }

        public string? Remark { get; set; }

        [RegularExpression("^[0-9]{3}$")]
        public int Count { get; set; } = 5;

        public required List<int> Numbers { get; set; }

        public List<int> Optional { get; set; } = [];

        public required DateTimeOffset At { get; set; }

        public object? Anything { get; set; }

        public Color Color { get; set; }

        public Rights Rights { get; set; }
    }

    public sealed record Text(string Value);

    public sealed record Line(int Quantity);

    public sealed record LineInput(string Other);

    public sealed record Only(Line Line);

    public sealed record Both(Line Line, Text Text, Both? Next);

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    public abstract record Shape;

    public sealed record Circle(int Radius) : Shape;

    public sealed record Square(string Side) : Shape;
}
