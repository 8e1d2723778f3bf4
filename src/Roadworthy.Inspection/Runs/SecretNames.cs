using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Runs;

/// <summary>Tells by a name whether its value is kept out of files.</summary>
internal static class SecretNames
{
    public static bool Holds(string name) => Secrets.IsSecretName(name) || VariableKinds.Of(name) is VariableKind.Secret or VariableKind.DatabasePassword or VariableKind.DatabaseUrl;
}
