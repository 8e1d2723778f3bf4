using System.ComponentModel;
using System.Diagnostics;

namespace Roadworthy.Postgres.Processes;

/// <summary>Runs a program to its end and takes down what it says.</summary>
internal static class Command
{
    // A server must not see the application's secrets, nor PGPORT, PGDATA and the like. Windows programs need more than a PATH.
    private static readonly string[] Inherited =
    [
        "PATH", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
        "SystemRoot", "SystemDrive", "windir", "TEMP", "TMP", "PATHEXT", "ComSpec",
    ];

    public sealed record Result(int ExitCode, string Output, string Error)
    {
        public string Said => string.Join('\n', new[] { Error.Trim(), Output.Trim() }.Where(text => text.Length > 0));
    }

    /// <summary>A start of <paramref name="file"/> as the server's account with a clean environment, in a folder that everyone can read.</summary>
    public static ProcessStartInfo AsServer(string file, IEnumerable<string> arguments, ServerAccount account)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = OperatingSystem.IsWindows() ? "" : "/", UseShellExecute = false };
        if (account.UserName is not null && !OperatingSystem.IsWindows()) start.UserName = account.UserName;
        foreach (var name in start.Environment.Keys.Where(name => !Inherited.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <exception cref="PostgresServerException">The program cannot be started, or takes longer than it may.</exception>
    public static async Task<Result> RunAsync(ProcessStartInfo start, TimeSpan timeout, CancellationToken ct)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Start(start);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return new Result(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            throw new PostgresServerException(
                $"'{start.FileName}' did not end within {timeout.TotalSeconds:0} seconds and was stopped. Run it by hand to see what it " +
                "waits for.", e);
        }
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            var user = string.IsNullOrEmpty(start.UserName) ? "" : $" as '{start.UserName}'";
            throw new PostgresServerException(
                $"'{start.FileName}' could not be started{user}: {e.Message}. Check that it exists, is meant for this machine, and may " +
                "be executed.", e);
        }
    }
}
