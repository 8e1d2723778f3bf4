using System.Reflection;

namespace Roadworthy.Inspection.Findings;

/// <summary>Where the project lives: from the one MSBuild property that says so.</summary>
internal static class Repository
{
    public static string Address { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == "RepositoryUrl")?.Value ?? "";

    /// <summary>The version of the tool.</summary>
    public static string Version { get; } = typeof(Repository).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
