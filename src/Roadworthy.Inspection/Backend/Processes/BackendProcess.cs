using System.Diagnostics;

namespace Roadworthy.Inspection.Backend;

/// <summary>A command under its watchdog, in an environment of its own.</summary>
internal sealed class BackendProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(15);

    private readonly Process _watchdog;
    private readonly Task _reading;

    private BackendProcess(Process watchdog, string marker)
    {
        (_watchdog, Marker) = (watchdog, marker);
        _reading = Task.WhenAll(Output.ReadAsync(watchdog.StandardOutput.BaseStream, isError: false), Output.ReadAsync(watchdog.StandardError.BaseStream, isError: true));
    }

    /// <summary>Is in the environment of all that it has started.</summary>
    public string Marker { get; }

    public BackendOutput Output { get; } = new();

    public bool HasExited => _watchdog.HasExited;

    /// <summary>The command's, once it has ended.</summary>
    public int ExitCode => _watchdog.ExitCode;

    /// <exception cref="InspectionException">The folder is not there, or there is no shell.</exception>
    public static BackendProcess Start(string command, string directory, IReadOnlyDictionary<string, string> environment)
    {
        if (OperatingSystem.IsWindows()) throw new InspectionException("A backend can't be started by the inspection on Windows yet: start it by hand and give its address.");
        if (!Directory.Exists(directory)) throw new InspectionException($"The folder '{directory}' is not there. Give the folder that '{command}' is to be run in.");
        var marker = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo("/bin/sh", ["-c", WatchdogScript.Text, WatchdogScript.Name, marker, command])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new BackendProcess(Process.Start(start) ?? throw new InspectionException("/bin/sh could not be started."), marker);
    }

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

    /// <summary>Ends it with all that it has started: asks, and after three seconds kills.</summary>
    public async ValueTask DisposeAsync()
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
        while (ProcessTree.Of(Marker).Count > 0 && Stopwatch.GetElapsedTime(started) < EndTimeout) await Task.Delay(20);
        try
        {
            await _watchdog.WaitForExitAsync().WaitAsync(EndTimeout);
            await _reading.WaitAsync(TimeSpan.FromSeconds(2));
        }
        catch (TimeoutException)
        {
            _watchdog.Kill(entireProcessTree: true);
        }

        _watchdog.Dispose();
    }
}
