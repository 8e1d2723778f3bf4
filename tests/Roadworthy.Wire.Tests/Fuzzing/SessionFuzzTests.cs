using FsCheck;
using FsCheck.Fluent;
using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Session;
using Roadworthy.Wire.Statements;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Fuzzing;

/// <summary>Whatever either side sends: nothing is thrown, nothing grows beyond its bound, and the pieces that it comes in make no difference.</summary>
public sealed class SessionFuzzTests
{
    [Fact]
    public void Any_traffic_in_any_pieces_gives_the_same_events() => Run(seeds: 300, messages: 200);

    [Fact]
    [Trait("Category", "Long")]
    public void Any_traffic_in_any_pieces_gives_the_same_events_for_long() => Run(seeds: 5_000, messages: 400);

    [Fact]
    public void A_conversation_cut_at_every_byte_gives_the_same_events()
    {
        var traffic = new Traffic(new Random(1));
        byte[][] fromClient = [.. Enumerable.Range(0, 60).Select(_ => traffic.FromClient())];
        var whole = new Conversation().Client(fromClient);
        var length = fromClient.Sum(message => message.Length);
        for (var pieces = 1; pieces < Math.Min(length, 64); pieces++)
        {
            var cut = new Conversation(pieces).Client(fromClient);
            Assert.Equal(Seen(whole), Seen(cut));
        }
    }

    [Fact]
    public void Any_bytes_are_framed_or_refused()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            var talk = new Conversation(isSignedIn: false).Client(bytes).Server(bytes);
            _ = StartupPacket.Read(bytes).Parameter("user"u8).Length;
            return talk.State.Replies.Count <= ExpectedReplies.Capacity;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_is_cut_into_statements_that_end()
    {
        var normalizer = new StatementNormalizer();
        var random = new Random(7);
        const string letters = "aZ_9 '\"$;()[],.:-/*\n\\eEuU&xé?=+<>@";
        for (var n = 0; n < 20_000; n++)
        {
            var sql = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => letters[random.Next(letters.Length)])));
            var (position, count) = (0, 0);
            while (normalizer.Next(sql, ref position, escapesInText: n % 2 == 0))
            {
                Assert.True(++count <= sql.Length + 1);
                Assert.InRange(normalizer.End, normalizer.Start, sql.Length);
                _ = StatementClassifier.Classify(normalizer.Text).Kind;
            }
        }
    }

    private static void Run(int seeds, int messages)
    {
        for (var seed = 0; seed < seeds; seed++)
        {
            var traffic = new Traffic(new Random(seed));
            var talks = new[] { new Conversation(), new Conversation(1), new Conversation(1 + (seed % 37)) };
            for (var n = 0; n < messages; n++)
            {
                var (isClient, message) = n % 2 == 0 ? (true, traffic.FromClient()) : (false, traffic.FromServer());
                foreach (var talk in talks) _ = isClient ? talk.Client(message) : talk.Server(message);
            }

            foreach (var talk in talks)
            {
                talk.State.Backend.Lose();
                Assert.Equal(0, talk.State.Replies.Count);
                Assert.Equal(Seen(talks[0]), Seen(talk));
            }
        }
    }

    private static string Seen(Conversation talk) =>
        string.Join('\n', talk.Recorder.Records.Select(record => $"{Recorder.Text(record)} {record.Rows} {record.AffectedRows} {record.Before} {record.Batch} {record.IsResumed}"))
        + $"\n{talk.State.Front} {talk.State.Back} {talk.State.IsRaw} {talk.State.IsSkipping}";
}
