using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Proofs;

/// <summary>Shows one fault of FAULTS.md from outside.</summary>
/// <param name="Look">At the place of the fault.</param>
/// <param name="LookAtTwin">At the twin in the same build, where there is one.</param>
internal sealed record Proof(Func<Instance, Task<Sighting>> Look, Func<Instance, Task<Sighting>>? LookAtTwin = null)
{
    /// <summary>All, by the id of the row.</summary>
    public static IReadOnlyDictionary<string, Proof> All { get; } = new[] { InputProofs.All, ShapeProofs.All, QueryProofs.All, RaceProofs.All, ErrorProofs.All, OutageProofs.All, AccessProofs.All }
        .SelectMany(proofs => proofs).ToDictionary(StringComparer.Ordinal);
}
