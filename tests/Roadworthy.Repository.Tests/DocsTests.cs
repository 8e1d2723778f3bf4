using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Roadworthy.Repository.Tests;

public sealed partial class DocsTests
{
    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging", "System.Diagnostics", "Microsoft.EntityFrameworkCore",
        "Microsoft.EntityFrameworkCore.Diagnostics", "Npgsql", "Roadworthy.Console", "Roadworthy.Errors", "Roadworthy.Errors.Sentry", "Roadworthy.Errors.Tracking", "Roadworthy.Idempotency", "Roadworthy.Postgres", "Roadworthy.Sessions", "System.Security.Claims",
    ];

    // What a page's earlier text has introduced: declared for a snippet that uses the name and does not declare it.
    private static readonly Dictionary<string, string> Introduced = new(StringComparer.Ordinal)
    {
        ["builder"] = "var builder = WebApplication.CreateBuilder(args);",
        ["server"] = "PostgresServer server = null!;",
        ["connectionString"] = "var connectionString = \"Host=db\";",
    };

    private const string ShopContext = "internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options);";

    // What a new ASP.NET Core project references, the guards, and the packages that the guides name.
    private static readonly Lazy<List<MetadataReference>> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    public static TheoryData<string> Pages => [.. Repository.Files("*.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_csharp_snippet_compiles(string page)
    {
        var faults = Snippets(Repository.Read(page)).SelectMany((code, n) => Compile(code).Select(fault => $"snippet {n + 1}: {fault}"));
        Assert.Empty(faults);
    }

    /// <summary>Of the rules' pages: what breaks and what holds, a few lines out of a backend that is not there. They can't be compiled, but read.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_fragment_of_csharp_is_well_formed(string page)
    {
        var faults = Fragments(Repository.Read(page)).SelectMany((code, n) => Misread(code).Select(fault => $"fragment {n + 1}: {fault}"));
        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_to_a_file_leads_to_one(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var dead = Link().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(folder, target)));
        Assert.Empty(dead);
    }

    [Fact]
    public void A_snippet_with_a_fault_is_found()
    {
        Assert.NotEmpty(Snippets("```csharp\nvar x = 1;\n```").SelectMany(code => Compile(code + "\nx.Nonsense();")));
        Assert.NotEmpty(Fragments("```cs\nvar x = (1;\n```").SelectMany(Misread));
        Assert.Empty(Misread("public async Task GoAsync(int id) { ... }\nvar x = Go(..., id);"));
        Assert.Empty(Compile("var builder = WebApplication.CreateBuilder(args);"));
    }

    private static IEnumerable<string> Snippets(string markdown) => Fence().Matches(markdown).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Fragments(string markdown) => FragmentFence().Matches(markdown).Select(match => match.Groups[1].Value);

    /// <summary>Three dots stand for what the page leaves out.</summary>
    private static IEnumerable<string> Misread(string code)
    {
        var whole = Regex.Replace(Regex.Replace(code, @"(?<=[{;]\s*)\.\.\.(?=\s*[};]?)|^\s*\.\.\.\s*$", "", RegexOptions.Multiline), @"\.\.\.", "default");
        if (whole.TrimStart().StartsWith("catch", StringComparison.Ordinal)) whole = "try { }\n" + whole;
        // Statements of a program, or members of a class: each is read by one of the two only.
        var read = new[] { SourceCodeKind.Regular, SourceCodeKind.Script }.Select(kind => Errors(CSharpSyntaxTree.ParseText(whole, new CSharpParseOptions(kind: kind)).GetDiagnostics()).ToList());
        return read.MinBy(errors => errors.Count)!;
    }

    private static IEnumerable<string> Errors(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());

    private static IEnumerable<string> Compile(string code)
    {
        var usings = string.Concat(Usings.Select(name => $"global using {name};\n")) + ShopContext;
        var introduced = Introduced.Where(name => Regex.IsMatch(code, $@"\b{name.Key}\b") && !Regex.IsMatch(code, $@"(var|string) {name.Key}\b|\({name.Key}, "));
        var program = CSharpSyntaxTree.ParseText(
            string.Join('\n', code.Split('\n').Where(IsUsing).Concat(introduced.Select(name => name.Value)).Concat(code.Split('\n').Where(line => !IsUsing(line)))));
        // A snippet is either a program or declarations; the latter need no entry point.
        var kind = program.GetCompilationUnitRoot().Members.Any(member => member is Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax)
            ? OutputKind.ConsoleApplication
            : OutputKind.DynamicallyLinkedLibrary;
        var compilation = CSharpCompilation.Create("snippet", [CSharpSyntaxTree.ParseText(usings), program], References.Value,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
        return Errors(compilation.GetDiagnostics());
    }

    private static bool IsUsing(string line) => UsingLine().IsMatch(line);

    [GeneratedRegex(@"^using [\w.]+;")]
    private static partial Regex UsingLine();

    [GeneratedRegex("^```csharp\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^```cs\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex FragmentFence();

    [GeneratedRegex("\\]\\(([^)\\s]+)\\)")]
    private static partial Regex Link();
}
