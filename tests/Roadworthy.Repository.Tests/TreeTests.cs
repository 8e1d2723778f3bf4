using System.Text.RegularExpressions;

namespace Roadworthy.Repository.Tests;

public sealed partial class TreeTests
{
    private const int MaxLines = 400;

    [Fact]
    public void No_source_file_is_longer_than_one_can_hold_in_mind() =>
        Assert.Empty(Repository.Files("*.cs").Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Where(path => Repository.Read(path).Count(c => c == '\n') > MaxLines));

    [Fact]
    public void Lock_files_hold_no_download_address() =>
        Assert.Empty(Repository.Files("packages.lock.json").Concat(Repository.Files("package-lock.json"))
            .Where(path => FundingAddress().Replace(Repository.Read(path), "").Contains("://", StringComparison.Ordinal)));

    [Fact]
    public void The_repositorys_address_stands_in_one_place()
    {
        var address = RepositoryUrl().Match(Repository.Read("Directory.Build.props")).Groups[1].Value;
        Assert.NotEmpty(address);
        string[] patterns = ["*.cs", "*.csproj", "*.props", "*.targets", "*.json"];
        Assert.Equal(["Directory.Build.props"], patterns.SelectMany(Repository.Files).Where(path => Repository.Read(path).Contains(address, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_changelog_tells_of_the_version_that_is_built()
    {
        var version = VersionElement().Match(Repository.Read("Directory.Build.props")).Groups[1].Value;
        Assert.Contains($"## {version}", Repository.Read("CHANGELOG.md"), StringComparison.Ordinal);
    }

    // npm says in its lock file where a package's author takes donations.
    [GeneratedRegex("""^\s*"url": ".*"$""", RegexOptions.Multiline)]
    private static partial Regex FundingAddress();

    [GeneratedRegex("<RepositoryUrl>(.+?)</RepositoryUrl>")]
    private static partial Regex RepositoryUrl();

    [GeneratedRegex("<Version>(.+?)</Version>")]
    private static partial Regex VersionElement();
}
