using System.Xml.Linq;

namespace Roadworthy.Repository.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["artifacts", "bin", "obj", "node_modules", ".git", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string pattern) =>
        new DirectoryInfo(Root).EnumerateFiles(pattern, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => Generated.Contains(part, StringComparer.Ordinal)));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static List<Project> Projects() => [.. Files("*.csproj").Select(path => Project.Parse(path, Read(path)))];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Roadworthy.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Roadworthy.slnx above {AppContext.BaseDirectory}.");
    }
}

/// <param name="Path">From the root, with slashes.</param>
/// <param name="Projects">The names of the projects that it references.</param>
/// <param name="Packages">The names of the packages that it references.</param>
internal sealed record Project(string Path, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Area => Path[..Path.IndexOf('/', StringComparison.Ordinal)];

    public static Project Parse(string path, string xml)
    {
        var document = XDocument.Parse(xml);
        return new(path,
            [.. Includes(document, "ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(document, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument document, string item) =>
        document.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
