using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Bodies;

/// <summary>Booleans, names, instants, ids, bytes, and what only a converter knows.</summary>
public sealed class KindTests
{
    private static readonly JsonSerializerOptions Named = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"True\"", true)]
    [InlineData("\" FALSE \"", false)]
    public void Booleans_are_taken_as_such_and_by_their_words(string json, bool value) => Assert.Equal(value, Read.As<Many>($$"""{"flag":{{json}}}""").Value!.Flag);

    [Theory]
    [InlineData("1")]
    [InlineData("\"0\"")]
    [InlineData("\"yes\"")]
    [InlineData("[]")]
    public void Other_booleans_are_refused(string json) => Assert.Equal(["/flag type"], Read.As<Many>($$"""{"flag":{{json}}}""").Rules);

    [Theory]
    [InlineData("\"red\"")]
    [InlineData("\" RED \"")]
    [InlineData("\"Red\"")]
    public void A_name_is_taken_in_any_case(string json)
    {
        Assert.Equal(Colour.Red, Read.As<Many>($$"""{"colour":{{json}}}""").Value!.Colour);
        Assert.Equal(Colour.Red, Read.As<Many>($$"""{"colour":{{json}}}""", Named).Value!.Colour);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"0\"")]
    [InlineData("\"1\"")]
    [InlineData("\"１\"")]
    [InlineData("\"purple\"")]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("\"red, blue\"")]
    public void What_is_no_name_is_refused_with_the_names(string json)
    {
        var error = Assert.Single(Read.As<Many>($$"""{"colour":{{json}}}""").Errors);
        Assert.Equal(("/colour", "oneOf"), (error.Key, error.Rule));
        Assert.StartsWith("Must be one of \"Red\", \"Blue\", but ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_defined_number_is_taken_where_the_host_writes_numbers_so_that_its_answers_can_be_sent_back()
    {
        Assert.Equal(Colour.Blue, Read.As<Many>("""{"colour":2}""").Value!.Colour);
        Assert.Equal(["/colour oneOf"], Read.As<Many>("""{"colour":2}""", Named).Rules);
    }

    [Theory]
    [InlineData("\"read, WRITE\"", Rights.Read | Rights.Write)]
    [InlineData("\"Write\"", Rights.Write)]
    [InlineData("3", Rights.Read | Rights.Write)]
    public void Flags_are_combined_by_name_or_by_defined_bits(string json, object rights) => Assert.Equal(rights, Read.As<Many>($$"""{"rights":{{json}}}""").Value!.Rights);

    [Fact]
    public void Flags_are_written_anew_for_a_host_that_takes_names() =>
        Assert.Equal(Rights.Read | Rights.Write, Read.As<Many>("""{"rights":"WRITE,read"}""", Named).Value!.Rights);

    [Theory]
    [InlineData("9")]
    [InlineData("\"read, fly\"")]
    public void Undefined_flags_are_refused(string json) => Assert.Equal(["/rights oneOf"], Read.As<Many>($$"""{"rights":{{json}}}""").Rules);

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31T14:00:00.25+02:00", "2026-01-31T12:00:00.25Z")]
    [InlineData(" 2026-01-31T12:00Z ", "2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31T12:00:00.1234567890Z", "2026-01-31T12:00:00.1234567Z")]
    public void An_instant_is_handed_on_in_utc(string text, string utc)
    {
        var at = Read.As<Many>($$"""{"at":"{{text}}"}""").Value!.At!.Value;
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), at);
        Assert.Equal(TimeSpan.Zero, at.Offset);
    }

    [Theory]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31")]
    [InlineData("1/2/2026")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("now")]
    public void An_instant_without_an_offset_or_in_another_form_is_refused(string text) => Assert.Equal(["/at type"], Read.As<Many>($$"""{"at":"{{text}}"}""").Rules);

    [Fact]
    public void A_date_and_time_is_kept_as_it_is_without_an_offset_and_in_utc_with_one()
    {
        Assert.Equal(new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Unspecified), Read.As<Many>("""{"local":"2026-01-31T12:00:00"}""").Value!.Local);
        var utc = Read.As<Many>("""{"local":"2026-01-31T14:00:00+02:00"}""").Value!.Local!.Value;
        Assert.Equal((new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc), DateTimeKind.Utc), (utc, utc.Kind));
    }

    [Theory]
    [InlineData("\"2026-01-31\"", true)]
    [InlineData("\"2026-02-30\"", false)]
    [InlineData("\"31.1.2026\"", false)]
    [InlineData("\"2026-01-31T00:00:00\"", false)]
    [InlineData("20260131", false)]
    public void A_date_is_of_iso_8601(string json, bool good) => Assert.Equal(good, Read.As<Many>($$"""{"date":{{json}}}""").Errors.Count == 0);

    [Theory]
    [InlineData("123e4567-e89b-12d3-a456-426614174000", true)]
    [InlineData(" 123E4567-e89b-12d3-a456-426614174000 ", true)]
    [InlineData("{123e4567-e89b-12d3-a456-426614174000}", false)]
    [InlineData("123e4567e89b12d3a456426614174000", false)]
    public void A_uuid_has_its_hyphens(string text, bool good) => Assert.Equal(good, Read.As<Many>($$"""{"id":"{{text}}"}""").Errors.Count == 0);

    [Theory]
    [InlineData("\"AQID\"", true)]
    [InlineData("\"\"", true)]
    [InlineData("\"A\\u002BID\"", true)]
    [InlineData("\"A*ID\"", false)]
    [InlineData("\"AQI\"", false)]
    [InlineData("[1,2]", false)]
    public void Bytes_come_in_base64(string json, bool good)
    {
        var reading = Read.As<Many>($$"""{"bytes":{{json}}}""");
        Assert.Equal(good, reading.Errors.Count == 0);
        if (good) Assert.NotNull(reading.Value!.Bytes);
    }

    [Theory]
    [InlineData("""{"time":"12:30:00"}""", null)]
    [InlineData("""{"time":" 12:30:00 "}""", null)]
    [InlineData("""{"time":""}""", null)]
    [InlineData("""{"time":"25:00:00"}""", "/time type")]
    [InlineData("""{"span":"1.02:03:04"}""", null)]
    [InlineData("""{"span":90}""", "/span type")]
    [InlineData("""{"link":"https://example.com/a"}""", null)]
    [InlineData("""{"letter":"x"}""", null)]
    [InlineData("""{"letter":" "}""", null)]
    [InlineData("""{"letter":"xy"}""", "/letter type")]
    [InlineData("""{"tree":{"a":1}}""", null)]
    [InlineData("""{"tree":[1]}""", "/tree type")]
    [InlineData("""{"tree":{"a":1,"a":2}}""", "/tree/a duplicate")]
    [InlineData("""{"odd":"7"}""", null)]
    [InlineData("""{"odd":"8"}""", "/odd type")]
    [InlineData("""{"odd":"throws"}""", "/odd type")]
    public void What_only_a_converter_knows_is_asked_of_it(string json, string? error)
    {
        var reading = Read.As<Many>(json);
        Assert.Equal(error is null ? [] : [error], reading.Rules);
        if (error is null) Assert.NotNull(reading.Value);
    }

    [Fact]
    public void Null_is_a_value_of_its_own_where_any_json_is_taken_or_the_converter_says_so()
    {
        Assert.Equal(JsonValueKind.Null, Read.As<Loose>("""{"any":null}""").Value!.Any.ValueKind);
        Assert.Equal(-1, Read.As<Loose>("""{"own":null}""").Value!.Own.Value);
    }

    [Fact]
    public void A_converter_of_one_member_is_asked_for_that_member()
    {
        Assert.Equal(Colour.Blue, Read.As<Many>("""{"byName":"blue"}""").Value!.ByName);
        Assert.Equal(["/byName oneOf"], Read.As<Many>("""{"byName":2}""").Rules);
    }

    internal enum Colour
    {
        Red = 1,
        Blue = 2,
    }

    [Flags]
    internal enum Rights
    {
        None = 0,
        Read = 1,
        Write = 2,
    }

    internal sealed class Many
    {
        public bool? Flag { get; set; }

        public Colour? Colour { get; set; }

        public Rights? Rights { get; set; }

        public DateTimeOffset? At { get; set; }

        public DateTime? Local { get; set; }

        public DateOnly? Date { get; set; }

        public Guid? Id { get; set; }

        public byte[]? Bytes { get; set; }

        public TimeOnly? Time { get; set; }

        public TimeSpan? Span { get; set; }

        public Uri? Link { get; set; }

        public char? Letter { get; set; }

        public JsonObject? Tree { get; set; }

        public OddNumber? Odd { get; set; }

        [JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
        public Colour? ByName { get; set; }
    }

    [JsonConverter(typeof(OddConverter))]
    internal readonly record struct OddNumber(int Value);

    internal sealed class Loose
    {
        public JsonElement Any { get; set; }

        [JsonConverter(typeof(NullConverter))]
        public OddNumber Own { get; set; }
    }

    internal sealed class NullConverter : JsonConverter<OddNumber>
    {
        public override bool HandleNull => true;

        public override OddNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType == JsonTokenType.Null ? -1 : reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, OddNumber value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    internal sealed class OddConverter : JsonConverter<OddNumber>
    {
        public override OddNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = int.Parse(reader.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            return value % 2 == 1 ? new OddNumber(value) : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, OddNumber value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}
