using System.Diagnostics;

namespace Roadworthy.Wire.Tests.Support;

/// <summary>Programs that the tests drive. A test whose program is not there is skipped, and says what to install.</summary>
internal static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<string> RunAsync(string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null, bool mayFail = false, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            var said = await output + await error;
            Assert.True(mayFail || process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
            return said;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Where a program of PostgreSQL's is: on the path, or where Debian puts them.</summary>
    public static string Postgres(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(folder => Path.Combine(folder, "bin")) : []);
        var found = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{name} was not found. Debian: apt-get install postgresql-client postgresql-contrib");
        return found!;
    }

    /// <summary>A Python that has a module.</summary>
    public static async Task<string> PythonAsync(string module)
    {
        foreach (var python in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                if ((await RunAsync(python, ["-c", $"import {module}; print('found')"], mayFail: true)).Contains("found", StringComparison.Ordinal)) return python;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such Python.
            }
        }

        Assert.Skip($"No Python has the module {module}. Debian: apt-get install python3-{module}");
        return "";
    }

    /// <summary>A folder with the Node programs of these tests and what they need, made once.</summary>
    public static Task<string> NodeAsync() => Node.Value;

    private static readonly Lazy<Task<string>> Node = new(async () =>
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Clients", "node");
        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "pg"))) await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder: folder);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("npm was not found. Install Node.js 20 or newer.");
        }

        return folder;
    });
}
