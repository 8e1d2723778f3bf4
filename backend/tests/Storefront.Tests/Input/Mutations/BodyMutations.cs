using Storefront.Tests.Input.Api;

namespace Storefront.Tests.Input.Mutations;

/// <summary>Changes of a body's values, names and structure.</summary>
internal static class BodyMutations
{
    public static void ReplaceValue(Message message, Random random)
    {
        var places = Places(message);
        if (places.Count == 0 || random.Next(12) == 0)
        {
            message.Json = JsonTree.Raw(Interesting.Json[random.Next(Interesting.Json.Length)]);
            return;
        }

        var (parent, index) = places[random.Next(places.Count)];
        parent.Children[index] = (parent.Children[index].Name, JsonTree.Raw(Interesting.Json[random.Next(Interesting.Json.Length)]));
    }

    public static void Remove(Message message, Random random)
    {
        if (Pick(message, random) is var (parent, index)) parent.Children.RemoveAt(index);
    }

    public static void Repeat(Message message, Random random)
    {
        if (Pick(message, random) is not var (parent, index)) return;
        var times = random.Next(8) == 0 ? 150 : 1;
        parent.Children.InsertRange(index, Enumerable.Repeat(parent.Children[index], times));
    }

    public static void Rename(Message message, Random random)
    {
        if (Pick(message, random) is not var (parent, index)) return;
        var (name, value) = parent.Children[index];
        parent.Children[index] = (random.Next(4) == 0 ? name?.ToUpperInvariant() : Interesting.Names[random.Next(Interesting.Names.Length)], value);
    }

    public static void Wrap(Message message, Random random)
    {
        var (open, close) = random.Next(3) switch { 0 => ("[", "]"), 1 => ("{\"a\":", "}"), _ => ("\"", "\"") };
        if (Pick(message, random) is var (parent, index) && random.Next(4) != 0)
        {
            var (name, value) = parent.Children[index];
            parent.Children[index] = (name, JsonTree.Raw($"{open}{value}{close}"));
            return;
        }

        message.Json = JsonTree.Raw($"{open}{message.Json}{close}");
    }

    public static void AddUnknown(Message message, Random random)
    {
        var objects = message.Json!.All().Where(tree => tree.IsObject).ToList();
        if (objects.Count == 0) return;
        var into = objects[random.Next(objects.Count)];
        into.Children.Insert(random.Next(into.Children.Count + 1), (Interesting.Names[random.Next(Interesting.Names.Length)], JsonTree.Raw(Interesting.Json[random.Next(Interesting.Json.Length)])));
    }

    public static void Swap(Message message, Random random)
    {
        if (Pick(message, random) is not var (one, first) || Pick(message, random) is not var (other, second)) return;
        // A value must not be put into itself: its text goes.
        var (left, right) = (one.Children[first].Value.ToString(), other.Children[second].Value.ToString());
        one.Children[first] = (one.Children[first].Name, JsonTree.Raw(right));
        other.Children[second] = (other.Children[second].Name, JsonTree.Raw(left));
    }

    private static (JsonTree Parent, int Index)? Pick(Message message, Random random) =>
        Places(message) is { Count: > 0 } places ? places[random.Next(places.Count)] : null;

    private static List<(JsonTree Parent, int Index)> Places(Message message) =>
        [.. message.Json!.All().SelectMany(tree => tree.Children.Select((_, index) => (tree, index)))];
}
