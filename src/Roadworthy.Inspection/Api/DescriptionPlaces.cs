using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Api;

/// <summary>Where a repository's own texts say that its description, or a page that shows it, is served.</summary>
internal static partial class DescriptionPlaces
{
    private const int MostFiles = 2000;
    private const int MostPlaces = 30;
    private const int LargestFile = 200_000;

    private static readonly string[] Code = [".js", ".ts", ".mjs", ".cjs", ".py", ".rb", ".go", ".cs", ".java", ".kt", ".php", ".rs", ".ex", ".yml", ".yaml", ".properties", ".json"];

    /// <summary>Paths with a slash before them, those of a read-me first.</summary>
    public static IReadOnlyList<string> In(string directory)
    {
        var places = new List<string>();
        var files = RepositoryFiles.In(directory, LargestFile).Take(MostFiles).ToList();
        foreach (var text in Texts(files, file => file.Name.StartsWith("readme", StringComparison.OrdinalIgnoreCase)))
            places.AddRange(Address().Matches(text).Select(match => match.Groups["path"].Value));
        foreach (var text in Texts(files, file => Code.Contains(file.Extension, StringComparer.OrdinalIgnoreCase) && !file.Name.Contains("lock", StringComparison.Ordinal)))
        {
            // What is mounted under a prefix is tried under those that are usual.
            foreach (var path in Mentioned().Matches(text).SelectMany(match => Quoted().Matches(match.Value)).Select(match => match.Groups["path"].Value.TrimStart('/')))
                places.AddRange(((string[])["/", "/api/", "/v1/", "/api/v1/"]).Select(prefix => prefix + path));
        }

        return [.. places.Distinct(StringComparer.Ordinal).Take(MostPlaces)];
    }

    private static IEnumerable<string> Texts(List<FileInfo> files, Func<FileInfo, bool> wants) => files.Where(wants).Select(file => RepositoryFiles.TextOf(file));

    [GeneratedRegex(@"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|<\w+>|\{\w+\})(?::[\d<>{}\w]+)?(?<path>/[\w./-]*(?:docs?|swagger|openapi|documentation|redoc|scalar|reference|explorer|api-json)[\w./-]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[^\n]*(?:swagger|openapi|redoc|scalar|rapidoc)[^\n]*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Mentioned();

    [GeneratedRegex("""["'`](?<path>/?[A-Za-z][\w-]*(?:/[\w-]+){0,3}(?:\.(?:json|ya?ml))?)["'`]""")]
    private static partial Regex Quoted();
}
