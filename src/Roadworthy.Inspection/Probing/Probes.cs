using Roadworthy.Inspection.Probing.Access;
using Roadworthy.Inspection.Probing.Errors;
using Roadworthy.Inspection.Probing.Input;
using Roadworthy.Inspection.Probing.Queries;
using Roadworthy.Inspection.Probing.Races;

namespace Roadworthy.Inspection.Probing;

/// <summary>What an inspection tries, the most telling first. What signs up comes before what uses up limits of sign-ups and log-ins; what leaves the data grown comes last.</summary>
internal static class Probes
{
    public static IReadOnlyList<IProbe> All => [new RaceProbe(), new AccessProbe(), new InputProbe(), new ErrorProbe(), new QueryProbe()];
}
