using System.Diagnostics;

namespace FirstDraft.Tests.Support;

/// <summary>The Node draft's packages, installed as its lock file says. Once for each state of the lock file.</summary>
internal static class NodePackages
{
    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);

    /// <summary>Skips the test where there is no Node.</summary>
    public static async Task RequireAsync()
    {
        if (await Installed.Value is { } reason) Assert.Skip(reason);
    }

    private static async Task<string?> InstallAsync()
    {
        var folder = Checkout.Sample("first-draft-node");
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"))) return null;
        try
        {
            var start = new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var npm = Process.Start(start)!;
            var output = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0) throw new InvalidOperationException($"npm ci failed with {npm.ExitCode}:\n{string.Concat(output)}");
            // npm keeps the time of a file that it finds unchanged.
            File.SetLastWriteTimeUtc(installed.FullName, DateTime.UtcNow);
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "npm was not found: install Node 20 or newer for the Node draft.";
        }
    }
}
