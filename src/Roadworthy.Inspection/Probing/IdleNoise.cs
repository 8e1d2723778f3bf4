using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing;

/// <summary>What the backend asks its database when nobody asks it: signs of life, polling, the catalogue that drivers read for themselves.</summary>
internal sealed class IdleNoise
{
    private readonly HashSet<ulong> _shapes = [];

    private IdleNoise()
    {
    }

    public static IdleNoise None { get; } = new();

    /// <summary>The tables that the backend's own work touches.</summary>
    public IReadOnlyCollection<string> Tables { get; private init; } = [];

    /// <summary>Those of them that have changed by themselves. A purge that found nothing has changed nothing.</summary>
    public IReadOnlyCollection<string> Written { get; private init; } = [];

    /// <summary>Listens for a while during which nothing is asked.</summary>
    public static async Task<IdleNoise> ListenAsync(StatementLog log, TimeSpan time, CancellationToken ct)
    {
        var position = log.Position;
        await Task.Delay(time, ct);
        var seen = log.Since(position);
        var noise = new IdleNoise
        {
            Tables = [.. seen.SelectMany(record => record.Shape.Reads.Concat(record.Shape.Writes)).Distinct(StringComparer.Ordinal)],
            Written = [.. seen.Where(record => record.AffectedRows > 0).SelectMany(record => record.Shape.Writes).Distinct(StringComparer.Ordinal)],
        };
        foreach (var record in seen) noise._shapes.Add(record.Shape.Fingerprint);
        return noise;
    }

    /// <summary>Transactions are everybody's, and no noise.</summary>
    public bool Contains(StatementRecord record) => Contains(record.Shape);

    public bool Contains(StatementShape shape) =>
        shape.Kind is not (StatementKind.Begin or StatementKind.Commit or StatementKind.Rollback)
        && (_shapes.Contains(shape.Fingerprint) || shape.Reads.Any(table => table.StartsWith("pg_", StringComparison.Ordinal)));
}
