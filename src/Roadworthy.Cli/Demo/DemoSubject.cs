using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Demo;

/// <summary>One backend of the demo.</summary>
/// <param name="About">What it is, in a sentence.</param>
/// <param name="Preparations">What has to be run before it can be started, in order.</param>
/// <param name="Request">How it is inspected.</param>
internal sealed record DemoSubject(string About, IReadOnlyList<Preparation> Preparations, InspectRequest Request);

/// <param name="Program">A program, with its arguments.</param>
/// <param name="Folder">Where it is run.</param>
internal sealed record Preparation(string Program, IReadOnlyList<string> Arguments, string Folder)
{
    public override string ToString() => $"{Program} {string.Join(' ', Arguments)}";
}
