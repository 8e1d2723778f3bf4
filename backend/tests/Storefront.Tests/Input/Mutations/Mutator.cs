namespace Storefront.Tests.Input.Mutations;

/// <summary>Makes wrong requests out of valid ones. The n-th of a seed is always the same.</summary>
internal sealed class Mutator(IReadOnlyList<Seed> seeds, int seed)
{
    private const int MostRounds = 6;

    /// <summary>Of so many sign-ups and log-ins one may be as good as its seed: a hash takes as long as a hundred refusals.</summary>
    private const int HashesOneIn = 20;

    private static readonly (int Weight, Action<Message, Random> Change)[] OfBody =
    [
        (8, BodyMutations.ReplaceValue), (3, BodyMutations.Remove), (3, BodyMutations.Repeat), (3, BodyMutations.Rename), (2, BodyMutations.Wrap), (2, BodyMutations.AddUnknown), (1, BodyMutations.Swap),
    ];

    private static readonly (int Weight, Action<Message, Random> Change)[] OfHead =
        [(6, HeadMutations.ReplaceInQuery), (2, HeadMutations.AddToQuery), (1, HeadMutations.RepeatInQuery), (3, HeadMutations.ReplaceInPath), (3, HeadMutations.Header), (1, HeadMutations.Method)];

    private static readonly Action<List<byte>, Random>[] OfBytes =
        [ByteMutations.Flip, ByteMutations.Insert, ByteMutations.InsertInteresting, ByteMutations.Delete, ByteMutations.Repeat, ByteMutations.Truncate];

    /// <returns>The request, the seed's name, and whether another may follow it on one connection.</returns>
    public (byte[] Bytes, string Of, bool IsFramed, bool HasAnswerBody) Make(int number)
    {
        var random = new Random(unchecked((seed * 486_187_739) + number));
        var origin = seeds[random.Next(seeds.Count)];
        var message = origin.Create(cheap: random.Next(HashesOneIn) != 0);
        var inBytes = 0;
        for (var round = 0; round < MostRounds && (round == 0 || random.Next(5) < 2); round++)
        {
            var kind = random.Next(100);
            if (kind < 55 && message.Json is not null) Pick(OfBody, random)(message, random);
            else if (kind < 70 && message.Json is not null) inBytes++;
            else Pick(OfHead, random)(message, random);
        }

        for (; inBytes > 0; inBytes--) OfBytes[random.Next(OfBytes.Length)](message.Render(), random);
        var bytes = message.ToBytes();
        return (bytes, origin.ToString(), message.IsFramed, message.Method is not "HEAD");
    }

    private static Action<Message, Random> Pick((int Weight, Action<Message, Random> Change)[] from, Random random)
    {
        var left = random.Next(from.Sum(entry => entry.Weight));
        foreach (var (weight, change) in from)
        {
            left -= weight;
            if (left < 0) return change;
        }

        throw new InvalidOperationException("The weights don't add up.");
    }
}
