using Roadworthy.Postgres.Folders;

namespace Roadworthy.Postgres.Supervision;

internal sealed record Reply(int ExitCode, string Output)
{
    /// <summary>In place of an exit code: the supervisor is gone.</summary>
    public const int Lost = -1;

    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs the server's programs, and outlives this process for as long as it takes to stop the server.</summary>
internal abstract class Supervisor : IAsyncDisposable
{
    /// <summary>Makes the cluster with initdb, in a folder beside its place, and moves it there when it is whole.</summary>
    public abstract Task<Reply> InitialiseAsync(string password, CancellationToken ct);

    /// <summary>Stops a server that an earlier owner left running in this folder.</summary>
    public abstract Task<Reply> ReclaimAsync(CancellationToken ct);

    public abstract Task<Reply> StartAsync(int port, TimeSpan timeout, CancellationToken ct);

    public abstract Task<Reply> StopAsync(CancellationToken ct);

    /// <summary>Kills a program that does not end, and deletes a throwaway folder.</summary>
    public abstract Task AbortAsync();

    /// <summary>Stops the server if it runs, deletes a throwaway folder, and ends.</summary>
    public abstract ValueTask DisposeAsync();

    public static Task<Supervisor> CreateAsync(InstanceFolder folder, ServerCommandLine command, CancellationToken ct) =>
        OperatingSystem.IsWindows() ? Task.FromResult<Supervisor>(new WindowsSupervisor(folder, command)) : Watchdog.StartAsync(folder, command, ct);
}
