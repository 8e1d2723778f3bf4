using System.Text.RegularExpressions;
using Roadworthy.Postgres.Folders;

namespace Roadworthy.Postgres.Supervision;

/// <summary>What initdb and the server are called with: safe defaults, and the caller's settings on top.</summary>
internal sealed partial class ServerCommandLine(PostgresBinaries binaries, InstanceFolder folder, IDictionary<string, string> settings)
{
    private const int FirstWithBuiltinLocale = 17;

    private static readonly HashSet<string> Managed = new(StringComparer.OrdinalIgnoreCase)
    {
        "config_file", "data_directory", "external_pid_file", "hba_file", "ident_file", "listen_addresses", "password_encryption", "port",
        "unix_socket_directories",
    };

    public PostgresBinaries Binaries { get; } = binaries;

    public IReadOnlyList<string> InitOptions { get; } =
    [
        "--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
        .. binaries.Version.Major >= FirstWithBuiltinLocale ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : Array.Empty<string>(),
        .. folder.IsThrowaway ? ["--no-sync"] : Array.Empty<string>(),
    ];

    /// <summary>The server's options but for the port, quoted for the shell that pg_ctl hands them to.</summary>
    public string Options { get; } = string.Join(' ', Settings(folder, settings).Select(setting => $"-c {Quote($"{setting.Key}={setting.Value}")}"));

    /// <exception cref="PostgresServerException">A setting has no usable name or value, or is one that the library manages.</exception>
    public static void Validate(IDictionary<string, string> settings)
    {
        foreach (var (name, value) in settings)
        {
            if (!Name().IsMatch(name))
                throw new PostgresServerException(
                    $"Settings holds '{name}', which is no name of a server setting: letters, digits, '_' and '.' only.");
            if (Managed.Contains(name))
                throw new PostgresServerException(
                    $"Settings holds '{name}', which this library sets itself. Remove it; DataDirectory and Port choose the place and " +
                    "the port.");
            if (value is null || value.AsSpan().ContainsAny('\0', '\n', '\r'))
                throw new PostgresServerException($"Settings['{name}'] is null or holds a line break or a NUL. Give a value of one line.");
        }
    }

    private static Dictionary<string, string> Settings(InstanceFolder folder, IDictionary<string, string> given)
    {
        // No Unix socket: its usual place is shared and foreseeable.
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = "",
            ["password_encryption"] = "scram-sha-256",
        };
        if (folder.IsThrowaway)
        {
            settings["fsync"] = settings["full_page_writes"] = settings["synchronous_commit"] = "off";
            // Shared memory then goes with the folder, even after the server was killed.
            if (ThrowawayFolder.IsInMemory(folder.Root)) settings["dynamic_shared_memory_type"] = "mmap";
        }

        foreach (var (name, value) in given) settings[name] = value;
        return settings;
    }

    private static string Quote(string text) => OperatingSystem.IsWindows()
        ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
