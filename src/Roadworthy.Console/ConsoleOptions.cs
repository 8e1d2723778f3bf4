using System.Reflection;

namespace Roadworthy.Console;

/// <summary>What the console holds to. Validated when the application starts; every fault is told at once.</summary>
public sealed class ConsoleOptions
{
    /// <summary>
    /// The authorization policy that every page, form and file of the console requires. No default: the pages show SQL, stacks and who is
    /// signed in, so the application refuses to start until somebody has said who may see them.
    /// </summary>
    public string? Policy { get; set; }

    /// <summary>
    /// What the pages call this instance, since the requests that they show are those of one instance: 1 to 100 characters. Default: the
    /// machine's name and the process's id.
    /// </summary>
    public string Instance { get; set; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>What the pages call what is deployed: 1 to 100 characters. Default: the informational version of the entry assembly, its commit cut to 8.</summary>
    public string Release { get; set; } = DefaultRelease();

    /// <summary>How often an open page asks whether something is new, while it can be seen: 1 to 60 seconds, 2 by default.</summary>
    public TimeSpan Refresh { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a page waits for the database before it says that it can't be reached: 0.1 to 30 seconds, 3 by default. Pages that come from
    /// memory don't wait.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(3);

    private static string DefaultRelease()
    {
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var commit = version.IndexOf('+', StringComparison.Ordinal);
        return commit >= 0 && version.Length > commit + 9 ? version[..(commit + 9)] : version;
    }
}
