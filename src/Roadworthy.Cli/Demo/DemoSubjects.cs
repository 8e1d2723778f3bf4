using System.Security.Cryptography;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Demo;

/// <summary>The article's backend as it was generated, twice, and as it is right.</summary>
internal static class DemoSubjects
{
    private const string Release = "release";

    /// <summary>The checkout that this folder, or the tool itself, stands in.</summary>
    /// <exception cref="InspectionException">There is none.</exception>
    public static string Checkout(string here)
    {
        foreach (var start in (string[])[here, AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "Roadworthy.slnx"))) return folder.FullName;
        }

        throw new InspectionException("The demo inspects the backends of Roadworthy's repository. Clone it, and say ./roadworthy demo there.");
    }

    /// <param name="checkout">Of this repository.</param>
    /// <param name="output">The folder for their reports, one for each.</param>
    public static IReadOnlyList<DemoSubject> All(string checkout, string output) => [Node(checkout, output), CSharp(checkout, output), Storefront(checkout, output)];

    public static DemoSubject Node(string checkout, string output)
    {
        var folder = Path.Combine(checkout, "samples", "first-draft-node");
        return new(
            "The first draft in Node, as it was generated: Express, Zod and pg.", Directory.Exists(Path.Combine(folder, "node_modules")) ? [] : [new("npm", ["ci", "--no-audit", "--no-fund"], folder)],
            Request("first-draft-node", "npm start", folder, output));
    }

    /// <inheritdoc cref="All"/>
    /// <param name="configuration">Of the build that is started.</param>
    public static DemoSubject CSharp(string checkout, string output, string configuration = Release) => new(
        "The first draft in C#, as it was generated: minimal API and EF Core.", [Build(checkout, "samples", "first-draft")],
        Request("first-draft", $"dotnet '{Built(checkout, "FirstDraft", configuration)}'", Path.Combine(checkout, "samples", "first-draft"), output));

    /// <inheritdoc cref="CSharp"/>
    public static DemoSubject Storefront(string checkout, string output, string configuration = Release)
    {
        var program = Built(checkout, "Storefront.Local", configuration);
        var password = $"Demo-{RandomNumberGenerator.GetHexString(16)}x";
        return new("Storefront: the same backend done right.", [Build(checkout, "backend", "src", "Storefront.Local")], Request("storefront", $"dotnet '{program}' --demo", Path.Combine(output, "storefront", "run"), output) with
        {
            Migrate = $"dotnet '{program}' migrate",
            Api = "/openapi/v1.json",
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                // It is run in an empty folder, where nothing names its connection string; without one it starts a database of its own, past the proxy.
                ["ConnectionStrings__Storefront"] = "Host={host};Port={port};Username={user};Password={password};Database={database}",
                ["STOREFRONT_DEMO_PASSWORD"] = password,
                ["Storefront__RootKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
                ["Storefront__Mail__Host"] = "127.0.0.1",
                ["Storefront__Mail__Port"] = "{mailport}",
                ["Storefront__Mail__Security"] = "None",
                ["Storefront__Mail__From"] = "shop@example.com",
                ["Storefront__Mail__ResetLink"] = "https://shop.example/reset#{token}",
                ["Storefront__Mail__ConfirmLink"] = "https://shop.example/confirm#{token}",
            },
            Accounts = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
            {
                ["admin"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "admin@example.com", ["password"] = password },
            },
        });
    }

    private static InspectRequest Request(string name, string command, string folder, string output) => new() { Name = name, Command = command, Directory = folder, Output = Path.Combine(output, name) };

    private static Preparation Build(string checkout, params string[] project) => new("dotnet", ["build", Path.Combine([checkout, .. project]), "-c", "Release", "-v", "quiet", "--nologo"], checkout);

    private static string Built(string checkout, string project, string configuration) => Path.Combine(checkout, "artifacts", "bin", project, configuration, $"{project}.dll");
}
