using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roadworthy.Input.Tests.Fuzzing;

/// <summary>Turns good bodies into nearly good ones: by member, by token, and by byte. The same seed makes the same body.</summary>
internal static class BodyMutator
{
    private static readonly string[] Seeds =
    [
        """{"title":"t","count":1,"big":2,"small":3,"unsigned":4,"price":1.5,"weight":2.5,"length":3.5,"share":0.5,"flag":true,"colour":"red","rights":"Read"}""",
        """{"title":"t","at":"2026-01-31T12:00:00Z","local":"2026-01-31T12:00:00","day":"2026-01-31","time":"12:30:00","span":"01:30:00","id":"123e4567-e89b-12d3-a456-426614174000"}""",
        """{"title":"t","letter":"x","bytes":"AQID","link":"https://example.com","note":" n ","lines":[{"sku":"a","quantity":1,"marks":["m"]},{"sku":"b","quantity":2,"discount":null}]}""",
        """{"title":"t","tags":{"a":1,"b":null},"numbered":{"1":"a"},"shape":{"$type":"circle","radius":1},"anything":{"x":[1,"2",null]},"tree":[{"y":1}]}""",
        """{"title":"t","next":{"title":"u","next":{"title":"v","shape":{"side":1,"$type":"square"}}},"pair":{"key":"k","value":1},"place":{"x":1,"y":2},"unknown":{"deep":[[1]]}}""",
    ];

    private static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "42", "42.0", "4.2e1", "420e-1", "1e400", "1e39", "1e1000000000", "1e-1000000000", "99999999999", "18446744073709551616", "70000", "0.1", "255", "256",
        "\"\"", "\" \"", "\"42\"", "\" 42.0 \"", "\"+5\"", "\"042\"", "\"NaN\"", "\"Infinity\"", "\"0x2a\"", "\"４２\"", "\"1,000\"", "\"true\"", "\"RED\"", "\"red, green\"", "\"read,WRITE\"", "\"7\"",
        "\"2026-01-31T14:00:00+02:00\"", "\"2026-01-31T12:00:00.1234567890123Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"2026-01-31\"", "\"24:00:00\"", "\"x\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u0034\\u0032\"", "\"\\/\"", "[]", "{}", "[null]", "[[[[[[]]]]]]", "{\"a\":1,\"a\":2}", "{\"$type\":\"circle\"}", "{\"$type\":\"square\",\"side\":\"2\"}", "{\"$id\":\"1\"}", "{\"$ref\":\"1\"}",
        "{\"$type\":1}", "{\"side\":2,\"\\u0024type\":\"square\"}", "{\"key\":\"k\",\"value\":\"5\"}", "{\"x\":\"1\"}", "\"AQ==\"", "\"A Q=\"", "\"http://\"", "\"//\\u0020\"", "\"𝟜𝟚\"", "\"\u2028\"", "-", "01", "1.", "nul", "\"", "{", "}", "[", "]", ",", ":",
    ];

    public static byte[] Make(int seed)
    {
        var random = new Random(seed);
        var json = Seeds[random.Next(Seeds.Length)];
        var steps = random.Next(1, 5);
        for (var i = 0; i < steps; i++)
        {
            json = random.Next(6) switch
            {
                0 => SwapValue(json, random),
                1 => SwapValue(json, random),
                2 => SwapNames(json, random),
                3 => Repeat(json, random),
                4 => Splice(json, random),
                _ => json,
            };
        }

        var bytes = Encoding.UTF8.GetBytes(json);
        if (random.Next(4) != 0) return bytes;
        for (var i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--) bytes = Byte(bytes, random);
        return bytes;
    }

    /// <summary>One value somewhere becomes another token, which need not be whole JSON.</summary>
    private static string SwapValue(string json, Random random)
    {
        var values = Places(json, isName: false);
        if (values.Count == 0) return json;
        var (start, end) = values[random.Next(values.Count)];
        return string.Concat(json.AsSpan(0, start), Tokens[random.Next(Tokens.Length)], json.AsSpan(end));
    }

    private static string SwapNames(string json, Random random)
    {
        var names = Places(json, isName: true);
        if (names.Count < 2) return json;
        var (from, to) = (names[random.Next(names.Count)], names[random.Next(names.Count)]);
        var name = json[from.Start..from.End];
        if (random.Next(2) == 0) name = name.ToUpperInvariant();
        else if (random.Next(8) == 0 && name.Length > 2) name = name.Insert(random.Next(1, name.Length), random.Next(3) switch { 0 => "\\u0000", 1 => "\\ud800", _ => "\\u0000\\udc00" });
        else if (random.Next(2) == 0 && name.Length > 2) name = $"\"\\u{(int)name[1]:x4}{name[2..]}";
        return string.Concat(json.AsSpan(0, to.Start), name, json.AsSpan(to.End));
    }

    private static string Repeat(string json, Random random)
    {
        if (json.Length == 0 || json.Length > 20_000) return json;
        var start = random.Next(json.Length);
        var length = random.Next(Math.Min(60, json.Length - start));
        return json.Insert(random.Next(json.Length), string.Concat(Enumerable.Repeat(json.Substring(start, length), random.Next(1, 30))));
    }

    private static string Splice(string json, Random random)
    {
        var other = Seeds[random.Next(Seeds.Length)];
        return string.Concat(json.AsSpan(0, random.Next(json.Length + 1)), other.AsSpan(random.Next(other.Length)));
    }

    private static byte[] Byte(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 1:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            case 2:
                return [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
            default:
                return bytes[..at];
        }
    }

    private static List<(int Start, int End)> Places(string json, bool isName)
    {
        var found = new List<(int, int)>();
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length != json.Length) return found;
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 1_000 });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject || (reader.TokenType == JsonTokenType.PropertyName) != isName) continue;
                var start = (int)reader.TokenStartIndex;
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                {
                    var whole = reader;
                    whole.Skip();
                    found.Add((start, (int)whole.BytesConsumed));
                }
                else
                {
                    found.Add((start, isName ? start + reader.ValueSpan.Length + 2 : (int)reader.BytesConsumed));
                }
            }
        }
        catch (JsonException)
        {
            // Steps before have broken it: what was found up to there serves.
        }

        return found;
    }
}
