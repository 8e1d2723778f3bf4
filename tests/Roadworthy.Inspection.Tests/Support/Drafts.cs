using System.Reflection;
using FirstDraft.Tests.Support;
using Roadworthy.Inspection.Backend;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>The first drafts of this repository, started as their READMEs say.</summary>
internal static class Drafts
{
    public static BackendOptions Node(bool mended = false) => new()
    {
        Command = "npm start",
        Directory = Checkout.Sample("first-draft-node"),
        Variables = Switch(mended),
    };

    public static BackendOptions CSharp(bool mended = false) => new()
    {
        Command = $"dotnet '{Program("FirstDraft")}' --contentRoot .",
        Directory = Checkout.Sample("first-draft"),
        Variables = Switch(mended),
    };

    /// <summary>The program of a project, built beside the tests.</summary>
    public static string Program(string project) =>
        typeof(Drafts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == project).Value!;

    private static Dictionary<string, string> Switch(bool mended) => new(StringComparer.Ordinal) { ["MENDED"] = mended ? "1" : "0", ["ASPNETCORE_ENVIRONMENT"] = "Development" };
}
