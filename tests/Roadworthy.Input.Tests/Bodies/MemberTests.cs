using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Bodies;

/// <summary>Required, optional, cut, duplicate and unknown members.</summary>
public sealed class MemberTests
{
    [Fact]
    public void An_empty_text_for_an_optional_number_is_null_also_where_the_parameter_has_a_default()
    {
        Assert.Null(Read.As<Patch>("""{"five":""}""").Value!.Five);
        Assert.Equal(5, Read.As<Patch>("{}").Value!.Five);
    }

    [Fact]
    public void An_empty_member_that_is_optional_and_not_nullable_keeps_its_initialiser()
    {
        var value = Read.As<Defaults>("""{"opt":"","count":"","name":"z"}""").Value!;
        Assert.Null(value.Opt);
        Assert.Equal(7, value.Count);
        Assert.Equal("z", value.Name);
    }

    [Theory]
    [InlineData("""{"count":null}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"count":null,"opt":1}""")]
    [InlineData("""{ "opt":1 , "count":null }""")]
    [InlineData("""{"count":"","name":null,"opt":"1"}""")]
    [InlineData("""{"name":null , "count":""  ,"opt":1, "count2":1}""")]
    [InlineData("""{"opt":" 1 ","name":null,"count":""}""")]
    public void Members_are_left_out_with_their_commas(string json)
    {
        var value = Read.As<Defaults>(json).Value!;
        Assert.Equal(7, value.Count);
        Assert.Equal("initial", value.Name);
        Assert.Equal(json.Contains("opt", StringComparison.Ordinal) ? 1 : null, value.Opt);
    }

    [Fact]
    public void Text_that_is_empty_is_left_to_the_rules() => Assert.Equal("", Read.As<Defaults>("""{"name":""}""").Value!.Name);

    [Fact]
    public void What_is_required_is_named_however_it_is_declared()
    {
        Assert.Equal(["/keyword required", "/attribute required", "/json required"], Read.As<Demanding>("{}").Rules);
        Assert.Equal(["/keyword required", "/attribute required", "/json required"], Read.As<Demanding>("""{"keyword":null,"attribute":null,"json":null}""").Rules);
        Assert.Equal(["/attribute required", "/json required"], Read.As<Demanding>("""{"keyword":"","attribute":"","json":""}""").Rules);
    }

    [Fact]
    public void What_an_overridden_member_requires_is_required() => Assert.Equal(["/code required"], Read.As<Overriding>("{}").Rules);

    [Fact]
    public void A_member_twice_is_refused_across_escapes_and_case() =>
        Assert.Equal(["/count duplicate"], Read.As<Defaults>("""{"c\u006funt":1,"Count":2}""").Rules);

    [Fact]
    public void An_unknown_member_twice_is_refused() => Assert.Equal(["/x duplicate"], Read.As<Defaults>("""{"x":1,"\u0078":2}""").Rules);

    [Fact]
    public void An_unknown_member_is_ignored_and_told()
    {
        var reading = Read.As<Defaults>("""{"x":{"deep":1},"count":3}""");
        Assert.Equal(3, reading.Value!.Count);
        Assert.Equal(["/x"], reading.Unknown);
    }

    [Fact]
    public void An_unknown_member_is_refused_where_the_type_allows_none() => Assert.Equal(["/x unknown"], Read.As<Strict>("""{"x":1}""").Rules);

    [Fact]
    public void A_member_that_is_only_written_may_hold_anything() => Assert.Equal(4, Read.As<Computed>("""{"twice":"nonsense","count":2}""").Value!.Twice);

    [Fact]
    public void Members_are_found_in_any_order_and_case()
    {
        var value = Read.As<Defaults>("""{"NAME":"n","Count":1,"OPT":2}""").Value!;
        Assert.Equal(("n", 1, 2), (value.Name, value.Count, value.Opt));
    }

    [Fact]
    public void A_case_sensitive_host_is_obeyed()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { PropertyNameCaseInsensitive = false };
        var reading = Read.As<Defaults>("""{"Count":"nonsense"}""", options);
        Assert.Empty(reading.Errors);
        Assert.Equal(["/Count"], reading.Unknown);
    }

    [Fact]
    public void More_members_than_the_limit_end_the_report_at_their_object()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 11).Select(i => $"\"m{i}\":1")) + "}";
        Assert.Equal([" members"], Read.As<Defaults>(json, maxMembers: 10).Rules);
        Assert.Equal(["/x members"], Read.As<Defaults>($$"""{"x":{{json}}}""", maxMembers: 10).Rules);
        Assert.Equal(["/count members"], Read.As<Dictionary<string, Dictionary<string, int>>>($$"""{"count":{{json}}}""", maxMembers: 10).Rules);
        Assert.Empty(Read.As<Defaults>(json, maxMembers: 11).Errors);
    }

    [Fact]
    public void The_list_of_errors_is_bounded_and_says_that_there_were_more()
    {
        var json = "[" + string.Join(',', Enumerable.Repeat("\"x\"", 1_000)) + "]";
        var reading = Read.As<List<int>>(json, maxErrors: 100);
        Assert.Equal(100, reading.Errors.Count);
        Assert.Equal("/99", reading.Errors[99].Key);
        Assert.True(reading.Truncated);
        Assert.False(reading.Readable);

        var exactly = Read.As<List<int>>("[" + string.Join(',', Enumerable.Repeat("\"x\"", 100)) + "]", maxErrors: 100);
        Assert.Equal(100, exactly.Errors.Count);
        Assert.False(exactly.Truncated);
    }

    [Fact]
    public void More_than_64_members_are_all_told_apart()
    {
        var members = typeof(Wide).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToList();
        Assert.True(members.Count > 64, $"{members.Count}");
        Assert.Equal(members.Select(name => $"/{name} required"), Read.As<Wide>("{}").Rules);
        var all = "{" + string.Join(',', members.Select(name => $"\"{name}\":1")) + "}";
        Assert.Empty(Read.As<Wide>(all).Errors);
        Assert.Equal(["/m69 duplicate"], Read.As<Wide>(all[..^1] + ",\"m69\":2}").Rules);
    }

    internal sealed record Patch(int? Five = 5);

    internal sealed class Defaults
    {
        public int? Opt { get; set; }

        public int Count { get; set; } = 7;

        public string Name { get; set; } = "initial";
    }

    internal sealed class Demanding
    {
        public required string Keyword { get; set; }

        [Required]
        public int? Attribute { get; set; }

        [JsonRequired]
        public int Json { get; set; }
    }

    internal abstract class Overridden
    {
        [Required]
        public abstract string? Code { get; set; }
    }

    internal sealed class Overriding : Overridden
    {
        public override string? Code { get; set; }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed class Strict
    {
        public int Count { get; set; }
    }

    internal sealed class Computed
    {
        public int Count { get; set; }

        public int Twice => Count * 2;
    }
}
