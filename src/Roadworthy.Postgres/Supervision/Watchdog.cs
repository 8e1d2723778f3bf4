using System.Diagnostics;
using System.Globalization;
using System.Text;
using Roadworthy.Postgres.Folders;
using Roadworthy.Postgres.Processes;

namespace Roadworthy.Postgres.Supervision;

/// <summary>This side of <see cref="WatchdogScript"/>: one command at a time, and its answer.</summary>
internal sealed class Watchdog(Process shell, InstanceFolder folder) : Supervisor
{
    private static readonly TimeSpan GreetingTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(60);

    private Task<Reply> _pending = Task.FromResult(new Reply(0, ""));

    private Process Shell => shell;

    public static async Task<Supervisor> StartAsync(InstanceFolder folder, ServerCommandLine command, CancellationToken ct)
    {
        string[] arguments =
        [
            "-c", WatchdogScript.Text, WatchdogScript.Name, folder.Server, command.Binaries.Directory, command.Options,
            folder.IsThrowaway ? "discard" : "keep", .. command.InitOptions,
        ];
        var start = Command.AsServer("/bin/sh", arguments, folder.Account);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var watchdog = new Watchdog(Command.Start(start), folder);
        try
        {
            // Nothing is done before its process id is on disk: a next owner then knows to wait for it.
            var greeting = await watchdog.Shell.StandardOutput.ReadLineAsync(ct).AsTask().WaitAsync(GreetingTimeout, ct).ConfigureAwait(false);
            if (string.Equals(greeting, WatchdogScript.Hello, StringComparison.Ordinal)) return watchdog;
            throw new PostgresServerException(
                $"The account {folder.Account.Description} cannot work in '{folder.Server}': {greeting}. Check the folder's owner and " +
                "that its disk is not full.");
        }
        catch (TimeoutException e)
        {
            await watchdog.AbortAsync().ConfigureAwait(false);
            throw new PostgresServerException(
                $"/bin/sh, run as {folder.Account.UserName ?? Environment.UserName}, said nothing within " +
                $"{GreetingTimeout.TotalSeconds:0} seconds. See whether the disk of '{folder.Server}' is stuck.", e);
        }
        catch
        {
            await watchdog.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override Task<Reply> InitialiseAsync(string password, CancellationToken ct) => SendAsync($"init {password}", ct);

    public override Task<Reply> ReclaimAsync(CancellationToken ct) => SendAsync("reclaim", ct);

    public override Task<Reply> StartAsync(int port, TimeSpan timeout, CancellationToken ct) =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $"start {port} {Math.Ceiling(timeout.TotalSeconds) + 5:0}"), ct);

    public override Task<Reply> StopAsync(CancellationToken ct) => SendAsync("stop", ct);

    public override async Task AbortAsync()
    {
        shell.Kill(entireProcessTree: true);
        if (folder.IsThrowaway)
            await Command.RunAsync(Command.AsServer("/bin/rm", ["-rf", folder.Server], folder.Account), EndTimeout, CancellationToken.None).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        try
        {
            shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        try
        {
            await shell.WaitForExitAsync().WaitAsync(EndTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new PostgresServerException(
                $"The watchdog {shell.Id} did not stop the server in '{folder.Server}' within {EndTimeout.TotalSeconds:0} seconds and " +
                "goes on trying. See the end of server.log there for what it waits for.", e);
        }
        finally
        {
            shell.Dispose();
        }
    }

    private async Task<Reply> SendAsync(string line, CancellationToken ct)
    {
        // A server counts as started some 0.1 s before pg_ctl notices and says so: its answer may still be on the way.
        await _pending.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await shell.StandardInput.WriteLineAsync(line.AsMemory(), ct).ConfigureAwait(false);
            await shell.StandardInput.FlushAsync(ct).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return new Reply(Reply.Lost, "the watchdog was killed");
        }

        _pending = ReadReplyAsync();
        return await _pending.WaitAsync(ct).ConfigureAwait(false);
    }

    private async Task<Reply> ReadReplyAsync()
    {
        var output = new StringBuilder();
        while (await shell.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(WatchdogScript.Done, StringComparison.Ordinal))
                return new Reply(int.Parse(line.AsSpan(WatchdogScript.Done.Length), CultureInfo.InvariantCulture), output.ToString().Trim());
            output.AppendLine(line);
        }

        return new Reply(Reply.Lost, output.Append("the watchdog was killed").ToString());
    }
}
