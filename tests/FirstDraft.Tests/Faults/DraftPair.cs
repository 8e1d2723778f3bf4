using FirstDraft.Tests.Proofs;
using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Faults;

/// <summary>A draft and its mended build, started when they are first asked for.</summary>
public abstract class DraftPair : IAsyncDisposable
{
    private readonly PostgresFixture _postgres;
    private readonly Draft _draft;
    private readonly Dictionary<bool, Instance> _instances = [];

    private protected DraftPair(PostgresFixture postgres, Draft draft) => (_postgres, _draft) = (postgres, draft);

    public async Task ProveAsync(string id)
    {
        Assert.True(Proof.All.TryGetValue(id, out var proof), $"{id} of FAULTS.md has no proof.");
        var draft = await GetAsync(mended: false);
        var fault = await proof.Look(draft);
        Assert.True(fault.Shown, $"{id} does not show on the draft:\n{fault.Evidence}");
        if (proof.LookAtTwin is not null)
        {
            var twin = await proof.LookAtTwin(draft);
            Assert.True(twin is { Absent: true, Shown: false }, $"The twin of {id} in the same build is not right:\n{twin.Evidence}");
        }

        var mend = await proof.Look(await GetAsync(mended: true));
        Assert.True(mend is { Absent: true, Shown: false }, $"{id} is not mended:\n{mend.Evidence}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances.Values) await instance.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal static TheoryData<string> Ids(Draft draft) => [.. FaultTable.Of(draft.Folder).Rows.Select(row => row.Id)];

    /// <param name="mended">With the mend switched on.</param>
    internal async Task<Instance> GetAsync(bool mended)
    {
        if (!_instances.TryGetValue(mended, out var instance)) _instances[mended] = instance = await Instance.StartAsync(_postgres, _draft, mended);
        return instance;
    }
}
