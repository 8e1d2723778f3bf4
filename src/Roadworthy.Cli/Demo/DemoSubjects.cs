using System.Security.Cryptography;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Demo;

/// <summary>The article's backend as it was generated, twice, and as it is right.</summary>
internal static class DemoSubjects
{
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

    public static IReadOnlyList<DemoSubject> All(string checkout, string output)
    {
        string At(params string[] parts) => Path.Combine([checkout, .. parts]);
        string Built(string project) => At("artifacts", "bin", project, "release", $"{project}.dll");
        Preparation Build(params string[] project) => new("dotnet", ["build", At(project), "-c", "Release", "-v", "quiet", "--nologo"], checkout);
        InspectRequest Request(string name, string command, string folder) => new() { Name = name, Command = command, Directory = folder, Output = Path.Combine(output, name) };

        var node = At("samples", "first-draft-node");
        var storefront = Built("Storefront.Local");
        var password = $"Demo-{RandomNumberGenerator.GetHexString(16)}x";
        return
        [
            new("The first draft in Node, as it was generated: Express, Zod and pg.", Directory.Exists(Path.Combine(node, "node_modules")) ? [] : [new("npm", ["ci", "--no-audit", "--no-fund"], node)], Request("first-draft-node", "npm start", node)),
            new("The first draft in C#, as it was generated: minimal API and EF Core.", [Build("samples", "first-draft")], Request("first-draft", $"dotnet '{Built("FirstDraft")}'", At("samples", "first-draft"))),
            new("Storefront: the same backend done right.", [Build("backend", "src", "Storefront.Local")], Request("storefront", $"dotnet '{storefront}' --demo", Path.Combine(output, "storefront", "run")) with
            {
                Migrate = $"dotnet '{storefront}' migrate",
                Api = "/openapi/v1.json",
                Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    // It is run in an empty folder, where nothing names its connection string.
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
            }),
        ];
    }
}
