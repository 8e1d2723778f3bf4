using Roadworthy.Cli.Tests.Support;

namespace Roadworthy.Cli.Tests.Packaging;

[Trait("Category", "Long")]
public sealed class ToolPackageTests : IDisposable
{
    private readonly Folder _folder = new();

    [Fact]
    public async Task Packed_it_installs_from_a_folder_and_runs()
    {
        var project = Path.Combine(Folder.Root, "src", "Roadworthy.Cli");
        await Programs.RequireAsync(Folder.Root, "dotnet", "pack", project, "-c", "Release", "--nologo", "-v", "quiet", "-o", _folder["packages"]);
        _folder.Write("nuget.config", $"""<configuration><packageSources><clear /><add key="packed" value="{_folder["packages"]}" /></packageSources></configuration>""");
        var package = Assert.Single(Directory.GetFiles(_folder["packages"], "Roadworthy.Cli.*.nupkg"));
        var version = Path.GetFileNameWithoutExtension(package)["Roadworthy.Cli.".Length..];
        await Programs.RequireAsync(_folder.Path, "dotnet", "tool", "install", "Roadworthy.Cli", "--version", version, "--tool-path", _folder["tools"], "--configfile", _folder["nuget.config"], "--no-cache");
        Assert.StartsWith(version, await Programs.RequireAsync(_folder.Path, _folder["tools/roadworthy"], "--version"), StringComparison.Ordinal);
        Assert.Contains("--fail-on", await Programs.RequireAsync(_folder.Path, _folder["tools/roadworthy"], "inspect", "--help"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_source_it_is_built_and_run_by_one_command()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("It is a shell script.");
        var (code, printed) = await Programs.RunAsync(_folder.Path, "", Path.Combine(Folder.Root, "roadworthy"), "inspect", "--init");
        // Nothing is there to look at: it came as far as its own words.
        Assert.True(code == 2 && printed.Contains("says how a backend is started", StringComparison.Ordinal), printed);
    }

    public void Dispose() => _folder.Dispose();
}
