using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>What two requests lead to one after the other, in either order and alone: all that may come of them at once.</summary>
internal sealed class SerialBase
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1.05);

    private readonly List<SerialRun> _inOrder = [];
    private readonly List<SerialRun> _reversed = [];
    private readonly RaceGround _ground;

    private SerialBase(RaceGround ground, Shot a, Shot b)
    {
        (_ground, A, B) = (ground, a, b);
        Signatures = new StateSignatures(ground.State);
    }

    public Shot A { get; }

    public Shot B { get; }

    /// <summary>Whether both are the same request of the same person.</summary>
    public bool IsSame => ReferenceEquals(A, B);

    public StateSignatures Signatures { get; }

    public SerialRun OnlyA { get; private set; } = null!;

    public SerialRun OnlyB { get; private set; } = null!;

    /// <summary>A;B, the first run of it.</summary>
    public SerialRun InOrder => _inOrder[0];

    /// <summary>B;A; where both are the same, A;B.</summary>
    public SerialRun Reversed => IsSame ? _inOrder[0] : _reversed[0];

    /// <summary>How long one of them takes when nothing is in its way.</summary>
    public TimeSpan Time => _inOrder.SelectMany(run => run.Answers).Max(answer => answer.Elapsed);

    /// <summary>Whether the same leads to the same, so that anything can be compared.</summary>
    public bool IsStable => Same(_inOrder) && (IsSame || Same(_reversed));

    /// <summary>Tables that one of the two has read.</summary>
    public IReadOnlySet<string> Reads => OnlyA.Statements.Concat(OnlyB.Statements).SelectMany(statement => statement.Shape.Reads).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="ground">Where.</param>
    /// <param name="a">The one that will be held.</param>
    /// <param name="b">The one that runs meanwhile; may be the same.</param>
    /// <param name="onlyA">What A alone leads to in this state, where that is known.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<SerialBase> MeasureAsync(RaceGround ground, Shot a, Shot b, SerialRun? onlyA, CancellationToken ct)
    {
        var result = new SerialBase(ground, a, b) { OnlyA = onlyA ?? await ground.SerialAsync(TimeSpan.Zero, [a], ct) };
        result.OnlyB = result.IsSame ? result.OnlyA : await ground.SerialAsync(TimeSpan.Zero, [b], ct);
        if (!result.OnlyA.Succeeded(0)) return result;
        for (var n = 0; n < 2; n++) result._inOrder.Add(await ground.SerialAsync(TimeSpan.Zero, [a, b], ct));
        if (!result.IsSame) result._reversed.Add(await ground.SerialAsync(TimeSpan.Zero, [b, a], ct));
        result.Learn();
        return result;
    }

    /// <summary>Runs more of the same, a second apart: what holds seconds only looks the same within one. Before anything is held against somebody.</summary>
    public async Task ExtendAsync(CancellationToken ct)
    {
        _inOrder.Add(await _ground.SerialAsync(Gap, [A, B], ct));
        var again = await _ground.SerialAsync(TimeSpan.Zero, [A], ct);
        Signatures.Learn(OnlyA.Delta, again.Delta);
        if (!IsSame) _reversed.Add(await _ground.SerialAsync(TimeSpan.Zero, [B, A], ct));
        Learn();
    }

    public bool Matches(IReadOnlyList<SerialRun> runs, string signature) => runs.Any(run => Signatures.Of(run.Delta) == signature);

    public bool MatchesInOrder(string signature) => Matches(_inOrder, signature);

    public bool MatchesReversed(string signature) => IsSame ? MatchesInOrder(signature) : Matches(_reversed, signature);

    private void Learn()
    {
        foreach (var run in _inOrder.Skip(1)) Signatures.Learn(_inOrder[0].Delta, run.Delta);
        foreach (var run in _reversed) Signatures.Learn(_reversed[0].Delta, run.Delta);
        foreach (var run in _reversed) Signatures.Learn(_inOrder[0].Delta, run.Delta);
    }

    private bool Same(List<SerialRun> runs) =>
        runs.Select(run => Signatures.Of(run.Delta)).Distinct(StringComparer.Ordinal).Count() <= 1
        && runs.Select(run => string.Join(' ', run.Answers.Select(answer => answer.Status))).Distinct(StringComparer.Ordinal).Count() <= 1;
}
