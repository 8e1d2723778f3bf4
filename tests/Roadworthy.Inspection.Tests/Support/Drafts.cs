using Roadworthy.Cli.Demo;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>The backends of this repository, started and inspected as <c>roadworthy demo</c> does it.</summary>
internal static class Drafts
{
    private static string Checkout { get; } = DemoSubjects.Checkout(AppContext.BaseDirectory);

    /// <summary>Of the build that the tests are of.</summary>
    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    /// <param name="mended">With the mend switched on.</param>
    /// <param name="output">For the report.</param>
    public static InspectRequest NodeRequest(bool mended = false, string output = ".") => Switched(DemoSubjects.Node(Checkout, output).Request, mended);

    /// <inheritdoc cref="NodeRequest"/>
    public static InspectRequest CSharpRequest(bool mended = false, string output = ".") => Switched(DemoSubjects.CSharp(Checkout, output, Configuration).Request, mended);

    /// <param name="output">For the report; a folder in it is what it runs in.</param>
    public static InspectRequest StorefrontRequest(string output) => DemoSubjects.Storefront(Checkout, output, Configuration).Request;

    public static BackendOptions Node(bool mended = false) => NodeRequest(mended).ToBackend();

    public static BackendOptions CSharp(bool mended = false) => CSharpRequest(mended).ToBackend();

    public static BackendOptions ToBackend(this InspectRequest request) => request.ToOptions([], _ => null).Backend!;

    private static InspectRequest Switched(InspectRequest request, bool mended) => mended ? request with { Environment = new Dictionary<string, string>(request.Environment, StringComparer.Ordinal) { ["MENDED"] = "1" } } : request;
}
