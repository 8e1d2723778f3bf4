using System.Diagnostics;
using System.Text.RegularExpressions;
using Storefront.Tests.Support;

namespace Storefront.Tests.Local;

/// <summary>Pastes the commands of the guide into a shell, against what ./run starts.</summary>
public sealed partial class GuideTests(LocalFixture fixture) : IClassFixture<LocalFixture>
{
    [Fact]
    public async Task The_commands_of_the_guide_do_what_it_says()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "guides", "backend.md"));
        var commands = string.Join('\n', Block().Matches(guide).Select(match => match.Groups[1].Value))
            .Replace("http://127.0.0.1:5080", fixture.Run.Banner["Listening"], StringComparison.Ordinal);
        Assert.Contains("curl", commands, StringComparison.Ordinal);

        var shell = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", commands]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        shell.Environment["STOREFRONT_DEMO_PASSWORD"] = fixture.Run.Password;
        shell.Environment["STOREFRONT_MAIL"] = fixture.Run.Banner["Mail"];
        using var process = Process.Start(shell)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, $"{output}\n{await errors}");
        foreach (var expected in (string[])
            [
                "\"email\":\"ann@example.com\",\"name\":\"Ann\",\"age\":42}", "\"admin\":false", "\"refreshToken\":\"", "\"current\":true", "\"sku\":\"SKU-0001\"", "\"status\":\"pending\"",
                "\"status\":\"cancelled\"", "{\"users\":[{\"id\":", "\"status\":400", "\"age\":43", "\"status\":412", "202\n204\n",
            ])
        {
            Assert.Contains(expected, output, StringComparison.Ordinal);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Roadworthy.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("^```sh run\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
