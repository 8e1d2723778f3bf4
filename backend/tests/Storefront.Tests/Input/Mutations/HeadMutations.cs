namespace Storefront.Tests.Input.Mutations;

/// <summary>Changes of method, path, query and headers.</summary>
internal static class HeadMutations
{
    public static void ReplaceInQuery(Message message, Random random)
    {
        if (message.Query.Count == 0)
        {
            AddToQuery(message, random);
            return;
        }

        var index = random.Next(message.Query.Count);
        message.Query[index] = $"{message.Query[index].Split('=')[0]}={Text(random)}";
    }

    public static void AddToQuery(Message message, Random random) => message.Query.Add(random.Next(4) switch
    {
        0 => Text(random),
        1 => $"limit={Text(random)}",
        2 => $"after={Text(random)}",
        _ => $"{Text(random)}={Text(random)}",
    });

    public static void RepeatInQuery(Message message, Random random)
    {
        if (message.Query.Count > 0) message.Query.AddRange(Enumerable.Repeat(message.Query[random.Next(message.Query.Count)], random.Next(8) == 0 ? 300 : 1));
    }

    public static void ReplaceInPath(Message message, Random random)
    {
        var steps = message.Path.Split('/');
        if (random.Next(10) == 0) steps = [.. steps, Text(random)];
        else steps[^Math.Min(steps.Length - 1, 1 + random.Next(2))] = Text(random);
        message.Path = string.Join('/', steps);
    }

    public static void Header(Message message, Random random)
    {
        var (name, value) = Interesting.Headers[random.Next(Interesting.Headers.Length)];
        if (random.Next(8) == 0 && message.Headers.Count > 0) message.Headers.RemoveAt(random.Next(message.Headers.Count));
        if (random.Next(3) != 0) message.Headers.RemoveAll(header => header.Name == name);
        message.Headers.Add((name, value));
    }

    public static void Method(Message message, Random random) => message.Method = Interesting.Methods[random.Next(Interesting.Methods.Length)];

    private static string Text(Random random) => Interesting.Texts[random.Next(Interesting.Texts.Length)];
}
