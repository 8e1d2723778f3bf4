namespace Roadworthy.Inspection.Probing;

/// <summary>What an inspection tries, the most telling first; what breaks the database comes last.</summary>
internal static class Probes
{
    public static IReadOnlyList<IProbe> All { get; } = [];
}
