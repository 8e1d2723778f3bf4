using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Probing;

/// <summary>What a probe stands on: a surveyed backend, the proxy before its database, and somebody who takes results.</summary>
internal sealed class ProbeContext
{
    public required InspectionSetup Setup { get; init; }

    /// <summary>Between the backend and its database: sees every statement, holds and breaks.</summary>
    public required WireProxy Wire { get; init; }

    /// <summary>What has passed the proxy.</summary>
    public required StatementLog Statements { get; init; }

    /// <summary>The database without the proxy, for statements of the inspection's own.</summary>
    public required string Database { get; init; }

    public required ProbeResults Results { get; init; }

    public required ProbeClock Clock { get; init; }

    /// <summary>What the backend asks its database when nobody asks it.</summary>
    public required IdleNoise Noise { get; init; }

    /// <summary>Secrets that nothing may show.</summary>
    public required SecretScrubber Scrubber { get; init; }

    /// <summary>The same one makes the same choices.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether anything that the backend asked passed the proxy. Not so where a backend runs already, and was not started against it.</summary>
    public bool SeesStatements => Statements.Position > 0;

    public EvidenceMaker Evidence => new(Scrubber, Setup.Driver.Client.Target);

    /// <summary>Which endpoints are probed.</summary>
    public Func<string, bool> WantsEndpoint { get; init; } = _ => true;

    /// <summary>What is to be probed; the whole API is in the description.</summary>
    public IReadOnlyList<ApiOperation> Operations => [.. Setup.Description.Operations.Where(operation => WantsEndpoint(operation.Key))];

    /// <summary>Sends a call while nothing else is asked, and tells what the backend wrote and asked its database meanwhile.</summary>
    public Task<Observation> ObserveAsync(Call call, Identity identity, CancellationToken ct) => new Observer(this).ObserveAsync(call, identity, ct);

    /// <summary>The identity that an operation works for, the main user first; null where it works for nobody.</summary>
    public Identity? WhoCan(ApiOperation operation)
    {
        IEnumerable<Identity?> all = [.. Setup.Users, Setup.Administrator, Setup.Anonymous];
        return all.OfType<Identity>().FirstOrDefault(identity => Setup.Survey.Of(operation, identity)?.Succeeded is true);
    }
}
