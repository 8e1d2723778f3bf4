using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Mended;

/// <summary>The mended builds of both drafts.</summary>
public sealed class MendedPair(PostgresFixture postgres) : IAsyncDisposable
{
    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances.Values) await instance.DisposeAsync();
    }

    /// <param name="draft">C# or Node.</param>
    internal async Task<Instance> GetAsync(string draft)
    {
        if (!_instances.TryGetValue(draft, out var instance))
            _instances[draft] = instance = await Instance.StartAsync(postgres, draft == Draft.Node.Name ? Draft.Node : Draft.CSharp, mended: true);
        return instance;
    }
}
