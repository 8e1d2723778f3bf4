namespace FirstDraft.Tests.Proofs;

/// <summary>What a look at an instance has shown. Neither may be so: then the instance does something else than is written of it.</summary>
/// <param name="Evidence">What was seen.</param>
/// <param name="Shown">The fault is there, as FAULTS.md says.</param>
/// <param name="Absent">It is not, and what is there instead is right.</param>
internal sealed record Sighting(string Evidence, bool Shown, bool Absent);
