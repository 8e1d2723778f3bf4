using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Roadworthy.Input.Scalars;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Fuzzing;

/// <summary>What the guard takes is bound to an equal value, however it is written.</summary>
public sealed class ValueProperties
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void A_whole_number_is_the_same_in_every_spelling() => Holds<(long Value, byte Zeros, sbyte Shift, byte Spelling)>(given =>
    {
        var (value, zeros, shift, spelling) = given;
        var digits = value.ToString(CultureInfo.InvariantCulture);
        var text = (spelling % 4) switch
        {
            0 => digits,
            1 => $"{digits}.{new string('0', 1 + zeros)}",
            2 when value != 0 => $"{digits}{new string('0', Math.Abs((int)shift))}e-{Math.Abs((int)shift)}",
            _ => Shifted(digits, Math.Abs((int)shift) % 30),
        };
        if (spelling % 3 != 0) text = $"\" {text}\\t\"";
        return Read.As<long>(text).Value == value;
    });

    [Fact]
    public void A_number_is_whole_or_not_as_exact_arithmetic_says() => Holds<(PositiveInt Whole, NonNegativeInt Fraction, sbyte Exponent, bool Negative)>(given =>
    {
        var (whole, fraction, exponent, negative) = given;
        var text = string.Create(CultureInfo.InvariantCulture, $"{(negative ? "-" : "")}{whole.Get % 1_000}.{fraction.Get % 1_000:000}e{exponent}");
        var thousandths = ((new BigInteger(whole.Get % 1_000) * 1_000) + (fraction.Get % 1_000)) * (negative ? -1 : 1);
        var reading = NumberText.ReadInteger(Encoding.UTF8.GetBytes(text), out var value);
        var (numerator, denominator) = exponent >= 0 ? (thousandths * BigInteger.Pow(10, exponent), new BigInteger(1_000)) : (thousandths, 1_000 * BigInteger.Pow(10, -exponent));
        if (numerator % denominator != 0) return reading == ScalarReading.Wrong;
        var exact = numerator / denominator;
        return BigInteger.Abs(exact) < BigInteger.Pow(10, 20) ? reading == ScalarReading.Good && value == (Int128)exact : reading == ScalarReading.OutOfRange;
    });

    [Fact]
    public void An_instant_is_the_same_moment_in_utc() => Holds<DateTimeOffset>(value =>
    {
        var read = Read.As<DateTimeOffset>($"\"{value.ToString("O", CultureInfo.InvariantCulture)}\"").Value;
        return read == value && read.Offset == TimeSpan.Zero;
    });

    [Fact]
    public void Fractions_and_ids_are_equal_as_numbers_and_as_text() => Holds<(decimal Price, NormalFloat Weight, Guid Id)>(given =>
        Read.As<decimal>(given.Price.ToString(CultureInfo.InvariantCulture)).Value == given.Price
        && Read.As<decimal>($"\" {given.Price.ToString(CultureInfo.InvariantCulture)} \"").Value == given.Price
        && Read.As<double>($"\"{given.Weight.Get.ToString("R", CultureInfo.InvariantCulture)}\"").Value.Equals(given.Weight.Get)
        && Read.As<Guid>($"\" {given.Id.ToString().ToUpperInvariant()} \"").Value == given.Id);

    [Fact]
    public void Any_text_comes_through_unless_no_database_could_hold_it() => Holds<(string? Text, bool Escaped)>(given =>
    {
        var (text, escaped) = (given.Text ?? "", given.Escaped);
        var json = new StringBuilder("\"");
        foreach (var unit in text)
        {
            if (escaped || unit < ' ' || unit is '"' or '\\' || char.IsSurrogate(unit)) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            else json.Append(unit);
        }

        var reading = Read.As<string>(json.Append('"').ToString());
        var holds = !text.Contains('\0', StringComparison.Ordinal) && IsWellFormed(text);
        return holds ? reading.Value == text : reading.Errors is [{ Rule: InputRule.Text }];
    });

    [Fact]
    public void An_object_is_the_same_in_any_order_case_and_spelling() => Holds<int>(seed =>
    {
        var random = new Random(seed);
        var plain = JsonSerializer.SerializeToNode(Sample(random), Read.Web)!.AsObject();
        var dressed = Dress(plain, random).ToJsonString();
        var value = Read.As<Order>(dressed).Value;
        return JsonNode.DeepEquals(plain, JsonSerializer.SerializeToNode(value, Read.Web));
    });

    private static void Holds<T>(Func<T, bool> property) => Check.One(Config, Prop.ForAll(ArbMap.Default.ArbFor<T>(), property));

    private static Order Sample(Random random) => new()
    {
        Title = $"t{random.Next()}",
        Count = random.Next(),
        Big = random.Next(2) == 0 ? random.NextInt64() : null,
        Price = random.Next(2) == 0 ? (decimal)random.Next(100_000) / 100 : null,
        Weight = random.Next(2) == 0 ? random.Next(1_000) / 8d : null,
        Flag = random.Next(2) == 0 ? random.Next(2) == 0 : null,
        Colour = random.Next(2) == 0 ? Colour.Green : null,
        Rights = (Rights)random.Next(4),
        At = random.Next(2) == 0 ? DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(1_000_000_000_000_000_000)) : null,
        Id = random.Next(2) == 0 ? Guid.NewGuid() : null,
        Lines = random.Next(2) == 0 ? [.. Enumerable.Range(0, random.Next(5)).Select(i => new Line($"s{i}", i))] : null,
        Tags = random.Next(2) == 0 ? new Dictionary<string, int?>(StringComparer.Ordinal) { ["a"] = 1, ["b"] = null } : null,
        Shape = random.Next(3) switch { 0 => new Circle(1.5), 1 => new Square(2), _ => null },
        Next = random.Next(3) == 0 ? Sample(random) : null,
        Place = new Point(random.Next(), 2),
        Anything = JsonSerializer.SerializeToElement<object?>(null),
    };

    private static JsonNode Dress(JsonNode node, Random random)
    {
        switch (node)
        {
            case JsonArray list:
                return new JsonArray([.. list.Select(item => item is null ? null : Dress(item, random))]);
            case JsonObject map:
                var members = map.ToArray();
                random.Shuffle(members);
                var isData = map.ContainsKey("a");
                return new JsonObject(members.Select(member => KeyValuePair.Create(isData || member.Key == "$type" || random.Next(2) == 0 ? member.Key : member.Key.ToUpperInvariant(), DressMember(member.Key, member.Value, random))));
            default:
                return node.GetValueKind() switch
                {
                    JsonValueKind.Number when random.Next(2) == 0 => JsonValue.Create($" {node.ToJsonString()} "),
                    JsonValueKind.True or JsonValueKind.False when random.Next(2) == 0 => JsonValue.Create(node.ToJsonString().ToUpperInvariant()),
                    _ => node.DeepClone(),
                };
        }
    }

    /// <summary>Nothing is dressed that is data of any kind, and an empty field stands for null where a single value is wanted.</summary>
    private static JsonNode? DressMember(string name, JsonNode? value, Random random) => name switch
    {
        "anything" or "tree" => value?.DeepClone(),
        "big" or "price" or "weight" or "flag" or "colour" or "at" or "id" when value is null => random.Next(2) == 0 ? JsonValue.Create("") : null,
        "colour" when value is not null && random.Next(2) == 0 => JsonValue.Create("GREEN"),
        "colour" => value?.DeepClone(),
        _ => value is null ? null : Dress(value, random),
    };

    private static string Shifted(string digits, int places)
    {
        var sign = digits[0] == '-' ? "-" : "";
        var padded = digits.TrimStart('-').PadLeft(places + 1, '0');
        return $"{sign}{(places == 0 ? padded : $"{padded[..^places]}.{padded[^places..]}")}E+{places}";
    }

    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal)) return false;
        }

        return true;
    }
}
