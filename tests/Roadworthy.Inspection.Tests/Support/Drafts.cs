using System.Reflection;
using Roadworthy.Inspection.Backend;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>The first drafts of this repository, started as their READMEs say.</summary>
internal static class Drafts
{
    private static string Root { get; } = FindRoot();

    public static BackendOptions Node(bool mended = false) => new()
    {
        Command = "npm start",
        Directory = Path.Combine(Root, "samples", "first-draft-node"),
        Variables = Switch(mended),
    };

    public static BackendOptions CSharp(bool mended = false) => new()
    {
        Command = $"dotnet '{Program("FirstDraft")}' --contentRoot .",
        Directory = Path.Combine(Root, "samples", "first-draft"),
        Variables = Switch(mended),
    };

    /// <summary>The program of a project, built beside the tests.</summary>
    public static string Program(string project) =>
        typeof(Drafts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == project).Value!;

    public static bool HasNodePackages => Fixtures.Has("node", "--version") && Directory.Exists(Path.Combine(Root, "samples", "first-draft-node", "node_modules"));

    private static Dictionary<string, string> Switch(bool mended) => new(StringComparer.Ordinal) { ["MENDED"] = mended ? "1" : "0", ["ASPNETCORE_ENVIRONMENT"] = "Development" };

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Roadworthy.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Roadworthy.slnx above {AppContext.BaseDirectory}.");
    }
}
