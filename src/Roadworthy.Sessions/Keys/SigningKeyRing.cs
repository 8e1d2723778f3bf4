using Roadworthy.Sessions.Events;

namespace Roadworthy.Sessions.Keys;

/// <summary>
/// The keys of all instances, from PostgreSQL, held in memory and looked at again every minute. Makes the next key when its
/// time has come. While PostgreSQL is away, what was loaded goes on serving.
/// </summary>
internal sealed class SigningKeyRing(
    SigningKeyStore store, RootKeys roots, SessionsOptions options, TimeProvider time, ILogger<SigningKeyRing> log) : IDisposable
{
    private static readonly TimeSpan UnknownKeyPause = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<byte[]> _sealingKeys = roots.Derive("sessions/signing-keys");
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly SigningKeySchedule _schedule = new(options.AccessTokenLifetime);
    private IReadOnlyList<SigningKey> _keys = [];
    private DateTimeOffset _loadedAt = DateTimeOffset.MinValue;

    /// <summary>Every published key, the newest first. Empty until the first load.</summary>
    public IReadOnlyList<SigningKey> Keys => Volatile.Read(ref _keys);

    public SigningKey? Find(string? id) => Keys.FirstOrDefault(key => string.Equals(key.Id, id, StringComparison.Ordinal));

    /// <summary>The key that signs now. Loads the keys where that has not happened yet.</summary>
    public async Task<SigningKey> CurrentAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(kid: null, cancellationToken);
        var now = time.GetUtcNow();
        // Where this clock is behind the one that made the very first key, that key signs all the same.
        return Keys.FirstOrDefault(key => key.SignsFrom <= now) ?? Keys[^1];
    }

    /// <summary>
    /// Makes sure that keys are there, and looks again for one that is not among them: another instance may have made it a
    /// moment ago. A stranger's key ids cost one look every five seconds at most.
    /// </summary>
    public async Task EnsureAsync(string? kid, CancellationToken cancellationToken)
    {
        if (Keys.Count > 0 && (kid is null || Find(kid) is not null || time.GetUtcNow() - _loadedAt < UnknownKeyPause)) return;
        var seen = _loadedAt;
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_loadedAt == seen) await ApartAsync(() => LoadAsync(cancellationToken));
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Loads the keys anew, making the next one where its time has come.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            await LoadAsync(cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    // The keys are everybody's: what loads them belongs neither to the trace nor to the statements of the request that happened to come first.
    private static Task ApartAsync(Func<Task> load)
    {
        using (ExecutionContext.SuppressFlow()) return Task.Run(load);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(cancellationToken);
        if (Due(rows) is not null) rows = await store.RotateAsync(CreateDue, cancellationToken);
        var now = time.GetUtcNow();
        var moments = rows.Select(row => row.SignsFrom).ToList();
        var published = rows.Where(row => !_schedule.IsRetired(row.SignsFrom, moments, now)).ToList();
        Volatile.Write(ref _keys, published.Select(row => Find(row.Id) ?? SigningKey.Open(row, _sealingKeys, options.VerifiedTokens)).ToList());
        _loadedAt = now;
    }

    private DateTimeOffset? Due(List<SigningKeyRow> rows) => SigningKeySchedule.NextNeeded([.. rows.Select(row => row.SignsFrom)], time.GetUtcNow());

    private SigningKeyRow? CreateDue(List<SigningKeyRow> rows)
    {
        if (Due(rows) is not { } signsFrom) return null;
        var row = SigningKey.Create(time.GetUtcNow(), signsFrom, _sealingKeys[0]);
        log.SigningKeyCreated(row.Id, signsFrom);
        return row;
    }
}
