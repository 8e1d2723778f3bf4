using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Storefront.Tests.Input.Api;

/// <summary>JSON in pieces that can be changed one by one, also into what is no JSON any more.</summary>
internal sealed class JsonTree
{
    private JsonTree(string? text, bool isObject = false) => (Text, IsObject) = (text, isObject);

    /// <summary>What stands there, where it is neither an object nor a list; written as it is.</summary>
    public string? Text { get; private set; }

    public bool IsObject { get; }

    /// <summary>Members with their names in quotes, or elements without.</summary>
    public List<(string? Name, JsonTree Value)> Children { get; } = [];

    public static JsonTree Parse(string json) => Read(JsonElement.Parse(json));

    /// <summary>A piece that is written as it is.</summary>
    public static JsonTree Raw(string text) => new(text);

    public JsonTree Replace(string pointer, string text)
    {
        if (pointer.Length == 0)
        {
            Text = text;
            return this;
        }

        var (parent, index) = Find(pointer);
        parent.Children[index] = (parent.Children[index].Name, Raw(text));
        return this;
    }

    public JsonTree Remove(string pointer)
    {
        var (parent, index) = Find(pointer);
        parent.Children.RemoveAt(index);
        return this;
    }

    /// <summary>Puts a further member behind the one at the pointer.</summary>
    /// <param name="name">With its quotes.</param>
    public JsonTree AddBehind(string pointer, string name, string text)
    {
        var (parent, index) = Find(pointer);
        parent.Children.Insert(index + 1, (name, Raw(text)));
        return this;
    }

    /// <summary>What stands at the pointer.</summary>
    public string At(string pointer)
    {
        if (pointer.Length == 0) return ToString();
        var (parent, index) = Find(pointer);
        return parent.Children[index].Value.ToString();
    }

    /// <summary>This piece and all below it.</summary>
    public IEnumerable<JsonTree> All() => Children.SelectMany(child => child.Value.All()).Prepend(this);

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private static JsonTree Read(JsonElement element)
    {
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return Raw(element.GetRawText());
        var tree = new JsonTree(null, element.ValueKind is JsonValueKind.Object);
        if (tree.IsObject) tree.Children.AddRange(element.EnumerateObject().Select(member => ((string?)$"\"{member.Name}\"", Read(member.Value))));
        else tree.Children.AddRange(element.EnumerateArray().Select(item => ((string?)null, Read(item))));
        return tree;
    }

    private (JsonTree Parent, int Index) Find(string pointer)
    {
        var steps = pointer.Split('/')[1..];
        var parent = this;
        foreach (var step in steps[..^1]) parent = parent.Children[parent.IndexOf(step)].Value;
        return (parent, parent.IndexOf(steps[^1]));
    }

    private int IndexOf(string step) =>
        IsObject ? Children.FindIndex(child => child.Name == $"\"{step}\"") : int.Parse(step, NumberStyles.None, CultureInfo.InvariantCulture);

    private void Write(StringBuilder to)
    {
        if (Text is not null)
        {
            to.Append(Text);
            return;
        }

        to.Append(IsObject ? '{' : '[');
        for (var index = 0; index < Children.Count; index++)
        {
            if (index > 0) to.Append(',');
            if (Children[index].Name is { } name) to.Append(name).Append(':');
            Children[index].Value.Write(to);
        }

        to.Append(IsObject ? '}' : ']');
    }
}
