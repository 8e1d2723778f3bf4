using System.Diagnostics;
using System.Globalization;
using Roadworthy.Postgres.Folders;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Supervision;

/// <summary>
/// Windows in place of the watchdog: the server runs in a job that the system ends together with this process. Untested. A
/// throwaway folder of a killed process stays behind.
/// </summary>
internal sealed class WindowsSupervisor(InstanceFolder folder, ServerCommandLine command) : Supervisor
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly JobObject _job = new();

    public override async Task<Reply> InitialiseAsync(string password, CancellationToken ct)
    {
        foreach (var half in Directory.EnumerateDirectories(folder.Server, "init.*")) Directory.Delete(half, recursive: true);
        var fresh = Path.Combine(folder.Server, $"init.{Environment.ProcessId}");
        var passwordFile = Path.Combine(folder.Server, "initial-password");
        await File.WriteAllTextAsync(passwordFile, password, ct).ConfigureAwait(false);
        try
        {
            var reply = await RunAsync("initdb", ["-D", fresh, $"--pwfile={passwordFile}", .. command.InitOptions], ct).ConfigureAwait(false);
            if (reply.Succeeded) Directory.Move(fresh, folder.Cluster);
            return reply;
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    public override Task<Reply> ReclaimAsync(CancellationToken ct) => StopAsync(ct);

    public override async Task<Reply> StartAsync(int port, TimeSpan timeout, CancellationToken ct)
    {
        var options = string.Create(CultureInfo.InvariantCulture, $"-p {port} {command.Options}");
        var seconds = Math.Ceiling(timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var pgCtl = Command.AsServer(Program("pg_ctl"), ["start", "-s", "-w", "-t", seconds, "-D", folder.Cluster, "-l", folder.Log, "-o", options], folder.Account);
        // The server inherits pg_ctl's handles: with redirected output this process would wait for the server to end.
        using var process = Command.Start(pgCtl);
        _job.Add(process);
        await process.WaitForExitAsync(ct).ConfigureAwait(false);
        return new Reply(process.ExitCode, "");
    }

    public override async Task<Reply> StopAsync(CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(folder.Cluster, "postmaster.pid"))) return new Reply(0, "");
        return await RunAsync("pg_ctl", ["stop", "-s", "-m", "fast", "-t", "20", "-D", folder.Cluster], ct).ConfigureAwait(false);
    }

    // The job ends what runs in it; initdb has a limit of its own.
    public override async Task AbortAsync() => await DisposeAsync().ConfigureAwait(false);

    public override async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _job.Dispose();
        if (folder.IsThrowaway && Directory.Exists(folder.Root)) Directory.Delete(folder.Root, recursive: true);
    }

    private async Task<Reply> RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        var result = await Command.RunAsync(Command.AsServer(Program(program), arguments, folder.Account), Patience, ct).ConfigureAwait(false);
        return new Reply(result.ExitCode, result.Said);
    }

    private string Program(string name) => Path.Combine(command.Binaries.Directory, name + ".exe");
}
