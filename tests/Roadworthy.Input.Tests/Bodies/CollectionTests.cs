using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Bodies;

/// <summary>Lists, maps, and the choice between types.</summary>
public sealed class CollectionTests
{
    [Fact]
    public void Elements_are_named_by_their_index_and_the_rest_stays_readable()
    {
        var reading = Read.As<Holder>("""{"numbers":[1,"x","2",null,3.5],"lines":[{"quantity":"1"},5,{"quantity":"y"},null]}""");
        Assert.Equal(["/numbers/1 type", "/numbers/3 required", "/numbers/4 type", "/lines/1 type", "/lines/2/quantity type", "/lines/3 required"], reading.Rules);
        Assert.True(reading.Readable);
        Assert.Equal("""{"numbers":[1,0,2,0,0],"lines":[{"quantity":1},null,{},null]}""", reading.Document);
    }

    [Fact]
    public void Null_elements_are_taken_where_they_are_declared()
    {
        Assert.Empty(Read.As<Holder>("""{"maybe":[null,1,""],"names":[null,"a"],"nested":[["a"],[]],"byName":{"a":null}}""").Errors);
        Assert.Equal(["/strict/0 required", "/nested/0/0 required", "/counts/a required"], Read.As<Holder>("""{"strict":[null],"nested":[[null]],"counts":{"a":null}}""").Rules);
    }

    [Theory]
    [InlineData("""{"byId":{"1":"a","2":"b"}}""", null)]
    [InlineData("""{"byId":{"x":"a"}}""", "/byId/x type")]
    [InlineData("""{"byId":{"1.0":"a"}}""", "/byId/1.0 type")]
    [InlineData("""{"byDay":{"monday":1}}""", null)]
    [InlineData("""{"byDay":{"someday":1}}""", "/byDay/someday type")]
    [InlineData("""{"counts":{"a":1,"a":2}}""", "/counts/a duplicate")]
    [InlineData("""{"counts":{"a":1,"A":2}}""", null)]
    [InlineData("""{"counts":[]}""", "/counts type")]
    public void Keys_are_checked_and_come_once(string json, string? error)
    {
        var reading = Read.As<Holder>(json);
        Assert.Equal(error is null ? [] : [error], reading.Rules);
        if (error is null) Assert.NotNull(reading.Value);
    }

    [Fact]
    public void Many_keys_are_told_apart()
    {
        var keys = Enumerable.Range(0, 1_000).Select(i => $"\"k{i}\":{i}").ToList();
        Assert.Equal(1_000, Read.As<Dictionary<string, int>>("{" + string.Join(',', keys) + "}").Value!.Count);
        Assert.Equal(["/k7 duplicate"], Read.As<Dictionary<string, int>>("{" + string.Join(',', keys) + ",\"\\u006b7\":1}").Rules);
    }

    [Fact]
    public void A_bad_value_of_a_map_is_left_out_for_further_rules() =>
        Assert.Equal("""{"counts":{"b":2}}""", Read.As<Holder>("""{"counts":{"a":"x","b":"2","c":[]}}""").Document);

    [Theory]
    [InlineData("""{"shape":{"$type":"circle","radius":"2"}}""")]
    [InlineData("""{"shape":{"radius":"2","$type":"circle"}}""")]
    [InlineData("""{"shape":{ "radius":2 , "$type" : "circle" }}""")]
    [InlineData("""{"shape":{"unit":null,"$type":"circle","radius":2}}""")]
    [InlineData("""{"shape":{"unit":null,"radius":2,"$type":"circle"}}""")]
    [InlineData("""{"shape":{"other":{"$type":"square"},"radius":2,"$type":"circle"}}""")]
    public void The_discriminator_is_found_wherever_it_stands(string json) =>
        Assert.Equal(new Circle(2), Assert.IsType<Circle>(Read.As<Holder>(json).Value!.Shape));

    [Theory]
    [InlineData("""{"shape":{"radius":2}}""", "/shape/$type required")]
    [InlineData("""{"shape":{}}""", "/shape/$type required")]
    [InlineData("""{"shape":{"$type":"blob","radius":2}}""", "/shape/$type oneOf")]
    [InlineData("""{"shape":{"$type":5}}""", "/shape/$type oneOf")]
    [InlineData("""{"shape":{"$type":null}}""", "/shape/$type oneOf")]
    [InlineData("""{"shape":{"$type":"\ud800"}}""", "/shape/$type oneOf")]
    [InlineData("""{"shape":{"$type":"circle","$type":"circle","radius":1}}""", "/shape/$type duplicate")]
    [InlineData("""{"shape":{"$type":"circle","radius":"x"}}""", "/shape/radius type")]
    [InlineData("""{"shape":{"$type":"circle"}}""", "/shape/radius required")]
    [InlineData("""{"shape":{"$type":"circle","radius":1,"$id":"1"}}""", "/shape/$id unknown")]
    [InlineData("""{"shape":"circle"}""", "/shape type")]
    public void A_choice_that_can_not_be_made_is_named(string json, string error) => Assert.Equal([error], Read.As<Holder>(json).Rules);

    [Fact]
    public void A_numbered_choice_and_a_concrete_base_are_read()
    {
        Assert.IsType<Cat>(Read.As<Holder>("""{"animal":{"lives":"9","kind":1}}""").Value!.Animal);
        Assert.IsType<Animal>(Read.As<Holder>("""{"animal":{"name":"x"}}""").Value!.Animal);
        Assert.Equal(["/animal/kind oneOf"], Read.As<Holder>("""{"animal":{"kind":"1"}}""").Rules);
    }

    [Fact]
    public void A_moved_discriminator_leaves_well_formed_json_when_all_others_go() =>
        Assert.Equal("""{"shape":{"$type":"circle"}}""", Read.As<Holder>("""{"shape":{"radius":"x","$type":"circle"}}""").Document);

    [Fact]
    public void A_type_that_holds_itself_is_read_to_any_depth_that_the_host_allows() =>
        Assert.Equal(["/next/next/value type"], Read.As<Chain>("""{"value":1,"next":{"value":2,"next":{"value":"x"}}}""").Rules);

    [Fact]
    public void A_body_of_another_kind_has_the_empty_key()
    {
        Assert.Equal([" type"], Read.As<Chain>("[]").Rules);
        Assert.Equal([" required"], Read.As<Chain>("null").Rules);
        Assert.Equal([" type"], Read.As<int[]>("{}").Rules);
        Assert.Equal(5, Read.As<int>("\"5.0\"").Value);
    }

    internal sealed class Holder
    {
        public List<int>? Numbers { get; set; }

        public ImmutableArray<int?>? Maybe { get; set; }

        public string?[]? Names { get; set; }

        public List<string>? Strict { get; set; }

        public IReadOnlyList<List<string>>? Nested { get; set; }

        public Dictionary<string, int>? Counts { get; set; }

        public Dictionary<string, string?>? ByName { get; set; }

        public Dictionary<int, string>? ById { get; set; }

        public Dictionary<DayOfWeek, int>? ByDay { get; set; }

        public List<Line>? Lines { get; set; }

        public Shape? Shape { get; set; }

        public Animal? Animal { get; set; }
    }

    internal sealed record Line(int Quantity);

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    internal abstract record Shape
    {
        public int Unit { get; init; }
    }

    internal sealed record Circle(int Radius) : Shape;

    internal sealed record Square(int Side) : Shape;

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Cat), 1)]
    internal class Animal
    {
        public string? Name { get; set; }
    }

    internal sealed class Cat : Animal
    {
        public int Lives { get; set; }
    }

    internal sealed record Chain(int Value, Chain? Next = null);
}
