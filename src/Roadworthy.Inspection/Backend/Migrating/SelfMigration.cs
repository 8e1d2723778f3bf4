using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Backend;

/// <summary>Recognises a backend that brings its schema up itself when it starts: whoever did that before it would be in its way.</summary>
internal static partial class SelfMigration
{
    private const int MostFiles = 3000;
    private const int LargestFile = 200_000;
    private static readonly string[] Languages = [".go", ".rs", ".cs", ".js", ".ts", ".mjs", ".cjs", ".py", ".kt", ".java"];
    private static readonly string[] Foreign = ["node_modules", "vendor", "target", "obj", "dist", "build", ".git", ".venv", "venv"];
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, MaxRecursionDepth = 6, IgnoreInaccessible = true };

    /// <summary>The file that does it with .NET's EF Core; null for none.</summary>
    public static string? OfDotNet(DirectoryInfo root) => Find(root, [".cs"], EntityFramework());

    /// <summary>The file that runs scripts of SQL; null for none.</summary>
    public static string? OfScripts(DirectoryInfo root) => Find(root, Languages, RunsScripts());

    /// <summary>Whether a path, relative to the repository, is of its tests.</summary>
    public static bool IsTest(string path) => path.Split('/').Any(part => TestName().IsMatch(part));

    private static string? Find(DirectoryInfo root, string[] languages, Regex call)
    {
        var all = new FileSystemEnumerable<FileInfo>(root.FullName, (ref FileSystemEntry entry) => (FileInfo)entry.ToFileSystemInfo(), Everywhere)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !Foreign.Contains(entry.FileName.ToString(), StringComparer.Ordinal),
        };
        var sources = all.Where(file => languages.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
            .Select(file => (File: file, Path: Path.GetRelativePath(root.FullName, file.FullName).Replace('\\', '/')))
            .Where(each => !IsTest(each.Path) && !Tool().IsMatch(each.Path)).Take(MostFiles);
        return sources.FirstOrDefault(each => Exists(each.File) && call.IsMatch(Comment().Replace(RepositoryFiles.TextOf(each.File), ""))).File?.Name;
    }

    // A link may lead nowhere.
    private static bool Exists(FileInfo file) => file.Exists && file.Length < LargestFile;

    [GeneratedRegex(@"(?:\bDatabase\s*\.\s*(?:Migrate|EnsureCreated)(?:Async)?\(|\.(?:Migrate|EnsureCreated)(?:Async)?\(\))")]
    private static partial Regex EntityFramework();

    [GeneratedRegex(@"sqlx::migrate!|embed_migrations!|run_pending_migrations|\bMigrator::up\(|\bmigrations?::runner\(\)|\bmigrate\.New(?:With\w+)?\(|\bmigrate\.Exec(?:Context)?\(|\bgoose\.(?:Up|UpContext|UpTo|NewProvider)\(|\bdbmate\.New\(|DeployChanges\.To\b|\bMigrateUp\(\)|new (?:Umzug|Postgrator|Evolve)\b|from ['""]postgres-migrations['""]|require\(['""]postgres-migrations['""]\)|\bFlyway\.configure\(")]
    private static partial Regex RunsScripts();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    /// <summary>A program of its own that the backend does not run.</summary>
    [GeneratedRegex(@"(?:^|/)(?:cmd|tools?|scripts?|bin)/(?:[^/]+/)*[^/]*migrat[^/]*(?:/|\.\w+$)", RegexOptions.IgnoreCase)]
    private static partial Regex Tool();

    [GeneratedRegex(@"(?:^|[._-])(?:[tT]ests?|spec)(?:$|[._-])|Tests?(?:$|[._-]|[A-Z])|^__tests__$")]
    private static partial Regex TestName();
}
