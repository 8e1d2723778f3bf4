using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roadworthy.Input.Tests.Rules;

public sealed class GraphTests
{
    [Theory]
    [InlineData("""{"one":{"n":0}}""", "/one/n range")]
    [InlineData("""{"list":[{"n":1},null,{"n":0}]}""", "/list/2/n range")]
    [InlineData("""{"array":[{"n":1},{"n":0}]}""", "/array/1/n range")]
    [InlineData("""{"readOnlyList":[{"n":1},{"n":0}]}""", "/readOnlyList/1/n range")]
    [InlineData("""{"sequence":[{"n":1},{"n":0}]}""", "/sequence/1/n range")]
    [InlineData("""{"immutable":[{"n":1},{"n":0}]}""", "/immutable/1/n range")]
    [InlineData("""{"values":[{"n":1},{"n":0}]}""", "/values/1/n range")]
    [InlineData("""{"byName":{"a/b~c":{"n":0}}}""", "/byName/a~1b~0c/n range")]
    [InlineData("""{"byNumber":{"42":{"n":0}}}""", "/byNumber/42/n range")]
    [InlineData("""{"lists":{"x":[[{"n":1}],[{"n":0}]]}}""", "/lists/x/1/0/n range")]
    [InlineData("""{"maybe":{"n":0}}""", "/maybe/n range")]
    [InlineData("""{"filled":[{"n":0}]}""", "/filled/0/n range")]
    public async Task A_rule_is_found_wherever_the_value_stands(string json, string found) => Assert.Equal([found], (await RuleRun.New.OnAsync<Holder>(json)).Found);

    [Fact]
    public async Task A_set_may_have_dropped_elements_so_its_own_pointer_is_told() =>
        Assert.Equal(["/set/n range"], (await RuleRun.New.OnAsync<Holder>("""{"set":[{"n":1},{"n":1},{"n":0}]}""")).Found);

    [Fact]
    public async Task A_polymorphic_value_has_the_rules_of_the_type_that_came()
    {
        var outcome = await RuleRun.New.OnAsync<List<Shape>>("""[{"$type":"circle","radius":0,"name":""},{"$type":"square","side":0}]""");
        Assert.Equal(["/0/name required", "/0/radius range", "/1/side range"], outcome.Found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_type_that_holds_itself_is_followed_to_its_end() =>
        Assert.Equal(["/next/next/n range"], (await RuleRun.New.OnAsync<Node>("""{"n":1,"next":{"n":1,"next":{"n":0}}}""")).Found);

    [Fact]
    public async Task Objects_that_refer_to_each_other_are_looked_at_once()
    {
        var options = new JsonSerializerOptions(RuleRun.Web) { ReferenceHandler = ReferenceHandler.Preserve };
        var outcome = await RuleRun.New.OnAsync<Node>("""{"$id":"1","n":0,"next":{"$ref":"1"}}""", options);
        Assert.Equal(["/n range"], outcome.Found);
    }

    [Fact]
    public async Task A_graph_without_end_is_left_at_the_depth_that_json_may_have() =>
        Assert.Equal(64, (await RuleRun.New.OnAsync<Endless>("{}")).Errors.Count);

    [Fact]
    public async Task A_sequence_that_the_body_did_not_fill_is_not_enumerated() => Assert.Empty((await RuleRun.New.OnAsync<Lazy>("{}")).Errors);

    [Fact]
    public async Task An_array_that_nobody_has_set_is_no_failure() => Assert.Empty((await RuleRun.New.OnAsync<Holder>("{}")).Errors);

    [Fact]
    public async Task Errors_end_at_the_limit_and_say_that_there_are_more()
    {
        var body = "[" + string.Join(',', Enumerable.Repeat("""{"n":0}""", 50)) + "]";
        var outcome = await RuleRun.New.Limit(3).OnAsync<List<Item>>(body);
        Assert.Equal(["/0/n range", "/1/n range", "/2/n range"], outcome.Found);
        Assert.True(outcome.Truncated);
        Assert.False((await RuleRun.New.Limit(50).OnAsync<List<Item>>(body)).Truncated);
    }

    private sealed record Item
    {
        [Range(1, 5)]
        public int N { get; set; }
    }

    private struct Value
    {
        [Range(1, 5)]
        public int N { get; set; }
    }

    private sealed class Holder
    {
        public Item? One { get; set; }

        public List<Item?>? List { get; set; }

        public Item[]? Array { get; set; }

        public IReadOnlyList<Item>? ReadOnlyList { get; set; }

        public IEnumerable<Item>? Sequence { get; set; }

        public ImmutableArray<Item> Immutable { get; set; }

        public Value[]? Values { get; set; }

        public Dictionary<string, Item>? ByName { get; set; }

        public IReadOnlyDictionary<int, Item>? ByNumber { get; set; }

        public Dictionary<string, List<List<Item>>>? Lists { get; set; }

        public HashSet<Item>? Set { get; set; }

        public Value? Maybe { get; set; }

        [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
        public List<Item> Filled { get; } = [];
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    private abstract class Shape
    {
        [Required]
        public string Name { get; set; } = "shape";
    }

    private sealed class Circle : Shape
    {
        [Range(1, 5)]
        public int Radius { get; set; }
    }

    private sealed class Square : Shape
    {
        [Range(1, 5)]
        public int Side { get; set; }
    }

    private sealed class Node
    {
        [Range(1, 5)]
        public int N { get; set; }

        public Node? Next { get; set; }
    }

    private sealed class Endless
    {
        private Endless? _next;

        [Range(1, 5)]
        public int N { get; set; }

        public Endless Next
        {
            get => _next ??= new Endless();
            set => _next = value;
        }
    }

    private sealed class Lazy
    {
        public IEnumerable<Item> Sequence { get; set; } = Items();

        public IEnumerable<Item> Computed => Sequence.Take(5);

        public IAsyncEnumerable<Item>? Stream { get; set; }

        private static IEnumerable<Item> Items()
        {
            yield return new Item();
            throw new InvalidOperationException("Enumerated.");
        }
    }
}
