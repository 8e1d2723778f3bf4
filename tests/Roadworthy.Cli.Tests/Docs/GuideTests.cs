using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection.Configuration;

namespace Roadworthy.Cli.Tests.Docs;

public sealed partial class GuideTests
{
    private static readonly string Docs = Path.Combine(Folder.Root, "docs");

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Docs, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Docs, file)).Where(file => file.Contains("inspect", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_guide_is_one_that_the_tool_takes(string page)
    {
        var around = new Surroundings { Probes = [], Output = TextWriter.Null, Error = TextWriter.Null };
        var lines = Shell().Matches(Read(page)).SelectMany(match => match.Groups[1].Value.Split('\n')).Where(line => line.StartsWith("roadworthy ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Empty(Tool.Root(around).Parse([.. CommandLineParser.SplitCommandLine(line.Replace('\'', '"')).Skip(1)]).Errors));
    }

    public static TheoryData<string> Configurations => [.. Directory.GetFiles(Docs, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Docs, file)).Where(file => file.StartsWith("rules", StringComparison.Ordinal) || file.EndsWith("inspect.md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Every_configuration_of_a_page_is_read(string page)
    {
        foreach (var text in Json().Matches(Read(page)).Select(match => match.Groups[1].Value)) ConfigReader.Read(text, page);
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(Docs, page));

    [GeneratedRegex("^```sh\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Shell();

    [GeneratedRegex("^```json\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Json();
}
