using System.Text;
using System.Text.Json;

namespace Roadworthy.Inspection.Configuration;

/// <summary>A value of a JSON file that knows its line.</summary>
internal sealed class ConfigNode
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    private ConfigNode(JsonTokenType kind, string text, int line) => (Kind, Text, Line) = (kind, text, line);

    /// <summary>What it begins with.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>Of a text or a number.</summary>
    public string Text { get; }

    public int Line { get; }

    /// <summary>Of an object, in order.</summary>
    public List<(string Name, int Line, ConfigNode Value)> Members { get; } = [];

    /// <summary>Of an array.</summary>
    public List<ConfigNode> Items { get; } = [];

    /// <exception cref="InspectionException">It is no JSON; the message says where.</exception>
    public static ConfigNode Parse(string text, string file)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, Lenient);
        try
        {
            reader.Read();
            var node = Read(ref reader, bytes);
            reader.Read();
            return node;
        }
        catch (JsonException e)
        {
            throw new InspectionException($"{file}:{e.LineNumber + 1}: this is no JSON: {e.Message.Split(" LineNumber")[0]}", e);
        }
    }

    private static ConfigNode Read(ref Utf8JsonReader reader, byte[] bytes)
    {
        var text = reader.TokenType is JsonTokenType.String ? reader.GetString()! : reader.TokenType is JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : "";
        var node = new ConfigNode(reader.TokenType, text, LineOf(bytes, reader.TokenStartIndex));
        if (node.Kind is JsonTokenType.StartArray)
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray) node.Items.Add(Read(ref reader, bytes));
        if (node.Kind is JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
            {
                var (name, line) = (reader.GetString()!, LineOf(bytes, reader.TokenStartIndex));
                reader.Read();
                node.Members.Add((name, line, Read(ref reader, bytes)));
            }
        }

        return node;
    }

    private static int LineOf(byte[] bytes, long index) => 1 + bytes.AsSpan(0, (int)index).Count((byte)'\n');
}
