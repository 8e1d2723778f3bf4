using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>A request that works in a known state, byte for byte the same each time it is sent.</summary>
/// <param name="Call">What it was made of.</param>
internal sealed record Shot(ApiOperation Operation, Identity Identity, Call Call, WireRequest Request);
