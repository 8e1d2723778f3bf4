using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Roadworthy.Cli.Tests.Host;

namespace Roadworthy.Cli.Tests.Support;

/// <summary>The tool as a process, to be interrupted and killed; knows what it has started.</summary>
internal sealed partial class HostProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private HostProcess(Process process, string mark) => (_process, Mark) = (process, mark);

    /// <summary>In the environment of the backend and all that it starts.</summary>
    public string Mark { get; }

    public string Said => _said.ToString();

    /// <summary>Inspects the plain backend, with a probe that does not end.</summary>
    public static HostProcess Inspect(string output)
    {
        var mark = Guid.NewGuid().ToString("N");
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Roadworthy.Cli.Tests.Host", new DirectoryInfo(AppContext.BaseDirectory).Name, "Roadworthy.Cli.Tests.Host.dll");
        var start = new ProcessStartInfo("dotnet", [program, "inspect", "node server.js", "-d", Folder.Fixture("plain-backend"), "-o", output, "--env", $"TEST_MARK={mark}"])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [LongProbe.Variable] = "1" },
        };
        return new(Process.Start(start)!, mark);
    }

    /// <summary>Until it says something on its way.</summary>
    public async Task ReachAsync(string moment, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        while (await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            _said.Append(line).Append('\n');
            if (line.Contains(moment, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"It never said '{moment}', but:\n{Said}");
    }

    public void Kill() => _process.Kill();

    /// <summary>As a terminal does.</summary>
    public void Interrupt() => Process.Start("kill", ["-INT", $"{_process.Id}"]).WaitForExit();

    public async Task<int> EndAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct).WaitAsync(Limit, ct);
        return _process.ExitCode;
    }

    /// <summary>Until nothing of what it started is left, or time is up: then what is left.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = Left();
            if (left.Count == 0 || Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(60)) return left;
            // The system tells nobody that somebody else's child has ended.
            await Task.Delay(100, ct);
        }
    }

    private List<string> Left()
    {
        var cluster = Cluster().Match(Said) is { Success: true } match ? match.Groups[1].Value : null;
        var left = new List<string>();
        if (cluster is not null && Directory.Exists(cluster)) left.Add(cluster);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture, out var id)) continue;
            if (Has(id, "environ", $"TEST_MARK={Mark}") || (cluster is not null && Has(id, "cmdline", cluster))) left.Add($"process {id}");
        }

        return left;
    }

    private static bool Has(int id, string file, string text)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}").Contains(text, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    [GeneratedRegex("cluster in '([^']+)'")]
    private static partial Regex Cluster();
}
