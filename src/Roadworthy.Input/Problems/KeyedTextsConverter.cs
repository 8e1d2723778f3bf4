using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roadworthy.Input.Problems;

/// <summary>Texts by key, with the keys as they are.</summary>
internal sealed class KeyedTextsConverter : JsonConverter<IDictionary<string, string[]>>
{
    public static readonly KeyedTextsConverter Instance = new();

    public override void Write(Utf8JsonWriter writer, IDictionary<string, string[]> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, texts) in value)
        {
            writer.WriteStartArray(key);
            foreach (var text in texts) writer.WriteStringValue(text);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    public override IDictionary<string, string[]> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            var texts = new List<string>();
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) throw new JsonException();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) texts.Add(reader.GetString() ?? "");
            value[key] = [.. texts];
        }

        return value;
    }
}
