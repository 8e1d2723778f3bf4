using Roadworthy.Inspection.Probing.Access;
using Roadworthy.Inspection.Probing.Errors;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Probing.Queries;
using Roadworthy.Inspection.Probing.Races;

namespace Roadworthy.Inspection.Probing;

/// <summary>What an inspection tries, the most telling first; then what leaves the data grown, and last what breaks the database.</summary>
internal static class Probes
{
    public static IReadOnlyList<IProbe> All => [new AccessProbe(), new InputProbe(), new RaceProbe(), new QueryProbe(), new ErrorProbe()];
}
