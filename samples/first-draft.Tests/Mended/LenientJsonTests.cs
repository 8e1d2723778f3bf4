using System.Text.Json;
using FirstDraft.Mended.Http;
using FirstDraft.Tickets;

namespace FirstDraft.UnitTests.Mended;

public class LenientJsonTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new LenientInt32(), new LenientBoolean(), new InstantConverter() } };

    [Theory]
    [InlineData("42", 42)]
    [InlineData("\"42\"", 42)]
    [InlineData("\" 42 \"", 42)]
    [InlineData("42.0", 42)]
    [InlineData("\"42.0\"", 42)]
    public void Integers_ReadNumbersAndStrings(string json, int expected) => Assert.Equal(expected, JsonSerializer.Deserialize<int>(json, Options));

    [Theory]
    [InlineData("42.5")]
    [InlineData("\"\"")]
    [InlineData("\"NaN\"")]
    [InlineData("1e400")]
    [InlineData("3000000000")]
    [InlineData("{}")]
    public void Integers_RefuseTheRest(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<int>(json, Options));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"false\"", false)]
    [InlineData("\"True\"", true)]
    public void Booleans_ReadStrings(string json, bool expected) => Assert.Equal(expected, JsonSerializer.Deserialize<bool>(json, Options));

    [Fact]
    public void Instants_AreKeptInUtc() =>
        Assert.Equal(new DateTime(2026, 12, 24, 17, 0, 0, DateTimeKind.Utc), JsonSerializer.Deserialize<DateTimeOffset>("\"2026-12-24T18:00:00+01:00\"", Options).UtcDateTime);

    [Fact]
    public void Instants_NeedAnOffset() => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>("\"2026-12-24T18:00:00\"", Options));
}
