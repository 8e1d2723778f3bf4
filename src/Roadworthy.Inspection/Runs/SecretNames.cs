using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Runs;

/// <summary>Tells what is kept out of files.</summary>
internal static class SecretNames
{
    /// <summary>By the name, or since the value itself looks as if it held one.</summary>
    public static bool Holds(string name, string value) => Holds(name) || Secrets.Text(value) != value || new SecretScrubber().Scrub(value) != value;

    public static bool Holds(string name) => Names.Words(name) is [.., "key"] || Secrets.IsSecretName(name) || VariableKinds.Of(name) is VariableKind.Secret or VariableKind.DatabasePassword or VariableKind.DatabaseUrl;
}
