using System.Diagnostics;

namespace Roadworthy.Inspection.Backend;

/// <summary>A command under its watchdog, in an environment of its own.</summary>
internal sealed class BackendProcess : IAsyncDisposable
{
    private const string Careful = "/bin/bash";
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(15);

    private readonly Process _watchdog;
    private readonly int _id;
    private readonly Task _reading;
    private readonly Lock _lock = new();
    private int? _exitCode;
    private Task? _ending;

    private BackendProcess(Process watchdog, string marker)
    {
        (_watchdog, _id, Marker) = (watchdog, watchdog.Id, marker);
        _reading = Task.WhenAll(Output.ReadAsync(watchdog.StandardOutput.BaseStream, isError: false), Output.ReadAsync(watchdog.StandardError.BaseStream, isError: true));
    }

    /// <summary>Is in the environment of all that it has started.</summary>
    public string Marker { get; }

    /// <summary>All that it has started.</summary>
    public IReadOnlyList<int> Processes => ProcessTree.Of(Marker, _id);

    public BackendOutput Output { get; } = new();

    /// <summary>Also once it was disposed of, whatever came of that.</summary>
    public bool HasExited => _ending is { IsCompleted: true } || (_ending is null && _watchdog.HasExited);

    /// <summary>The command's, once it has ended.</summary>
    public int ExitCode => _exitCode ?? _watchdog.ExitCode;

    /// <exception cref="InspectionException">The folder is not there, or there is no shell.</exception>
    public static BackendProcess Start(string command, string directory, IReadOnlyDictionary<string, string> environment)
    {
        if (OperatingSystem.IsWindows()) throw new InspectionException("A backend can't be started by the inspection on Windows yet: start it by hand and give its address.");
        if (!Directory.Exists(directory)) throw new InspectionException($"The folder '{directory}' is not there. Give the folder that '{command}' is to be run in.");
        var marker = Guid.NewGuid().ToString("N");
        var shell = Shell(environment);
        var start = new ProcessStartInfo(shell, ["-c", WatchdogScript.Text, WatchdogScript.Name, marker, command, shell])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new BackendProcess(Process.Start(start) ?? throw new InspectionException($"{shell} could not be started."), marker);
    }

    /// <summary>Of these variables, those that the shell drops: some keep only what could be a variable of their own.</summary>
    public static IEnumerable<string> Dropped(IReadOnlyDictionary<string, string> environment) => Shell(environment) == Careful ? [] : environment.Keys.Where(name => !IsIdentifier(name));

    private static string Shell(IReadOnlyDictionary<string, string> environment) => environment.Keys.All(IsIdentifier) || !File.Exists(Careful) ? "/bin/sh" : Careful;

    private static bool IsIdentifier(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    public async Task<bool> WaitForExitAsync(TimeSpan limit, CancellationToken ct)
    {
        try
        {
            await _watchdog.WaitForExitAsync(ct).WaitAsync(limit, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Ends it with all that it has started: asks, and after three seconds kills. May be called again, as where what was to follow a restart failed.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock) return new ValueTask(_ending ??= EndAsync());
    }

    private async Task EndAsync()
    {
        try
        {
            _watchdog.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It is gone already.
        }

        var started = Stopwatch.GetTimestamp();
        while (Processes.Count > 0 && Stopwatch.GetElapsedTime(started) < EndTimeout) await Task.Delay(20);
        try
        {
            await _watchdog.WaitForExitAsync().WaitAsync(EndTimeout);
            await _reading.WaitAsync(TimeSpan.FromSeconds(2));
        }
        catch (TimeoutException)
        {
            _watchdog.Kill(entireProcessTree: true);
        }

        if (_watchdog.HasExited) _exitCode = _watchdog.ExitCode;
        _watchdog.Dispose();
    }
}
