using System.Text;
using System.Text.Json;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Tests.Fuzzing;

/// <summary>
/// Mutated bodies: the reader throws nothing, allocates within a bound, and what it takes the host's binder takes. A failure names the
/// seed of its body: <c>BodyMutator.Make(seed)</c> makes it again.
/// </summary>
public sealed class BodyFuzzTests
{
    /// <summary>An answer's errors, the rewritten copy and the names of a large object; no body costs more than its own size times this.</summary>
    private const int BytesPerByte = 60;

    private static readonly JsonSerializerOptions Options = Web();

    private static readonly BodySchema Schema = BodySchema.For(Options.GetTypeInfo(typeof(Order)));

    private static readonly BodySchema Plain = BodySchema.For(Options.GetTypeInfo(typeof(PlainOrder)));

    [Fact]
    public void The_quick_look_finds_clean_only_what_the_walk_finds_clean()
    {
        Assert.True(Plain.CanBeScanned);
        var clean = 0;
        Parallel.For(0, 300_000, seed =>
        {
            var body = BodyMutator.Make(seed);
            if (!System.Text.Unicode.Utf8.IsValid(body) || !CleanScan.IsClean(body, Plain, maxMembers: 1_000)) return;
            Interlocked.Increment(ref clean);
            var errors = new InputErrors(100);
            using var document = BodyReader.Walk(body, Plain, optional: false, maxMembers: 1_000, errors).Document;
            if (errors.Any || document is not null) throw new InvalidOperationException($"Seed {seed}: {Encoding.UTF8.GetString(body)}\n{string.Join("; ", errors.Kept)}");
        });
        Assert.InRange(clean, 3_000, 200_000);
    }

    [Fact]
    public void What_the_guard_takes_of_200_000_bodies_the_host_binds() => Run(1, 200_000);

    [Fact]
    [Trait("Category", "Long")]
    public void What_the_guard_takes_of_5_million_bodies_the_host_binds() => Run(1_000_000, 5_000_000);

    private static void Run(int firstSeed, int bodies)
    {
        // The first use of each converter and message costs what no later one does.
        for (var seed = -2_000; seed < 0; seed++) Check(seed, isWarm: false);
        var taken = 0;
        Parallel.For(firstSeed, firstSeed + bodies, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            if (Check(seed, isWarm: true)) Interlocked.Increment(ref taken);
        });

        // A mutator whose bodies are all refused, or all taken, would show nothing.
        Assert.InRange(taken, bodies / 20, bodies * 19 / 20);
    }

    private static bool Check(int seed, bool isWarm)
    {
        var body = BodyMutator.Make(seed);
        var errors = new InputErrors(100);
        try
        {
            if (body.Length == 0) return false;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var reading = BodyReader.Read(body, Schema, optional: false, maxMembers: 1_000, errors);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            using var document = reading.Document;
            if (isWarm && allocated > 100_000 + ((long)body.Length * BytesPerByte)) throw new InvalidOperationException($"{allocated} bytes were allocated for {body.Length}.");
            if (errors.Any)
            {
                if (reading.Readable) JsonDocument.Parse(document?.Memory ?? body, new JsonDocumentOptions { MaxDepth = 10_000 }).Dispose();
                return false;
            }

            var handedOn = document is null ? body : document.Span.ToArray();
            if (JsonSerializer.Deserialize<Order>(handedOn, Options) is null) throw new InvalidOperationException("Nothing was bound.");
            var again = BodyReader.Read(handedOn, Schema, optional: false, maxMembers: 1_000, errors);
            if (errors.Any || again.Document is not null) throw new InvalidOperationException("What was handed on is not yet canonical.");
            return true;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(
                $"Seed {seed}: {Encoding.UTF8.GetString(body)}\n{string.Join("; ", errors.Kept)}", error);
        }
    }

    private static JsonSerializerOptions Web()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
