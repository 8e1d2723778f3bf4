using System.Text.RegularExpressions;
using FirstDraft.Tests.Support;
using Npgsql;

namespace FirstDraft.Tests.Proofs;

/// <summary>A PostgreSQL that is gone, or does not answer.</summary>
internal static partial class OutageProofs
{
    // Longer than the mended build waits, and much shorter than for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public static readonly Dictionary<string, Proof> All = new(StringComparer.Ordinal)
    {
        ["E3"] = new(Product, Ticket),
        ["E7"] = new(SilentLog),
        ["E8"] = new(WithoutBound),
    };

    private static async Task<Sighting> Product(Instance instance)
    {
        var path = $"/api/products/{await instance.NewProductAsync(1)}";
        (await instance.SendAsync("GET", path)).Required();
        Answer answer;
        using (instance.Cable.Pull()) answer = await instance.SendAsync("GET", path);
        await instance.RecoveredAsync();
        return new(answer.ToString(), answer.Status == 404, answer.Status == 503);
    }

    private static async Task<Sighting> Ticket(Instance instance)
    {
        Answer answer;
        using (instance.Cable.Pull()) answer = await instance.SendAsync("GET", $"/api/tickets/{Guid.NewGuid()}", token: instance.AdminToken);
        await instance.RecoveredAsync();
        return new(answer.ToString(), answer.Status == 404, answer.Status == 500);
    }

    private static async Task<Sighting> SilentLog(Instance instance)
    {
        var (person, sku) = (await instance.OwnerAsync(), await instance.NewProductAsync(1));
        Answer order;
        int records, before;
        using (instance.Cable.Pull())
        {
            before = instance.Output.Length;
            order = await instance.SendAsync("POST", "/api/orders", Instance.Orders(sku, 1), person.Token);
            // A route that records its failures: where it has, the order's record would be there too.
            await instance.SendAsync("GET", "/api/me", token: person.Token);
            await Eventually.TrueAsync("the failure of the other route is recorded", () => Records().Count > 0);
            if (instance.IsMended) await Eventually.TrueAsync("both are recorded", () => Records().Count == 2);
            records = Records().Count;
        }

        await instance.RecoveredAsync();
        return new($"{order}\n{records} records\n{instance.Output[before..]}", order.Status == 500 && records == 1, order.Status == 503 && records == 2);

        MatchCollection Records() => FailureRecord().Matches(instance.Output[before..]);
    }

    private static async Task<Sighting> WithoutBound(Instance instance)
    {
        var (person, sku) = (await instance.OwnerAsync(), await instance.NewProductAsync(5));
        await using var holder = new NpgsqlConnection(instance.Database + ";Pooling=false");
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var take = new NpgsqlCommand("SELECT stock FROM inventory FOR UPDATE", holder, transaction)) await take.ExecuteNonQueryAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var answer = await instance.SendAsync("POST", "/api/orders", Instance.Orders(sku, 1), person.Token, patience.Token);
            return new(answer.ToString(), false, answer.Status == 503);
        }
        catch (OperationCanceledException)
        {
            return new($"no answer within {Patience.TotalSeconds} s", true, false);
        }
    }

    // One for each failed request, in the four logs there are.
    [GeneratedRegex(@"Unhandled error|""message"":""(\S+ /api/\S+|Request) failed""|""LogLevel"":""Error""")]
    private static partial Regex FailureRecord();
}
