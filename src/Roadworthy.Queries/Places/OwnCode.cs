using System.Collections.Concurrent;
using System.Reflection;

namespace Roadworthy.Queries.Places;

/// <summary>Tells the application's code from what it is built on.</summary>
internal static class OwnCode
{
    private static readonly string[] Platform = ["System", "Microsoft", "Npgsql", "Dapper", "EFCore", "netstandard", "mscorlib", "Castle", "DynamicProxyGenAssembly2"];

    private static readonly string[] Guards =
    [
        "Roadworthy.Console", "Roadworthy.Errors", "Roadworthy.Idempotency", "Roadworthy.Idempotency.EntityFrameworkCore", "Roadworthy.Input",
        "Roadworthy.Input.FluentValidation", "Roadworthy.Queries", "Roadworthy.Sessions", "Roadworthy.Testing",
    ];

    private static readonly ConcurrentDictionary<Assembly, bool> Known = new();

    // What is emitted at run time has no type, or an assembly that is nobody's.
    public static bool Includes(MethodBase method) =>
        method.DeclaringType is { } type && Known.GetOrAdd(type.Assembly, static assembly => !assembly.IsDynamic && !IsOther(assembly.GetName().Name ?? ""));

    private static bool IsOther(string name) =>
        Guards.Contains(name, StringComparer.Ordinal)
        || Array.Exists(Platform, prefix => name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] == '.'));
}
