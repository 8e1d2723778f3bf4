namespace Roadworthy.Wire;

/// <summary>Before which server a proxy stands, and within which bounds.</summary>
public sealed class WireProxyOptions
{
    /// <summary>The name or address of the PostgreSQL server. Default <c>127.0.0.1</c>. Ignored with <see cref="UnixSocket"/>.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Its TCP port, 1 to 65535; 5432 by default. Ignored with <see cref="UnixSocket"/>.</summary>
    public int Port { get; set; } = 5432;

    /// <summary>The server's socket, such as <c>/run/postgresql/.s.PGSQL.5432</c>, in place of host and port. Null, the default: by TCP.</summary>
    public string? UnixSocket { get; set; }

    /// <summary>The port of 127.0.0.1 to listen on: 0 to 65535. 0, the default, is any free one.</summary>
    public int ListenPort { get; set; }

    /// <summary>Connections at once, each of which has a thread: 1 to 10,000, 1,000 by default. What exceeds it is refused with 53300.</summary>
    public int MaxConnections { get; set; } = 1_000;

    /// <summary>
    /// How long a batch may be that a rule is asked about, in bytes: 64 KB to 64 MB, 4 MB by default. A longer one passes and is not asked about. Without rules,
    /// nothing is kept.
    /// </summary>
    public int MaxHeldBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Shapes of statements that are told apart: 100 to 1,000,000, 20,000 by default. What exceeds it is <see cref="StatementShape.Unknown"/>.</summary>
    public int MaxShapes { get; set; } = 20_000;

    /// <summary>How long a client may take to say who it is. 1 second to 10 minutes, 1 minute by default.</summary>
    public TimeSpan StartupLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the server may take to accept a connection. 1 second to 10 minutes, 10 seconds by default.</summary>
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Is told of every statement, for example a <see cref="StatementLog"/>. Default: nobody is.</summary>
    public IStatementObserver? Observer { get; set; }

    /// <summary>
    /// Is told a sentence about what cannot pass, and what to do about it: a client that wants TLS, for one. Called on the connections' threads. Default: nobody is.
    /// </summary>
    public Action<string>? Trouble { get; set; }

    /// <summary>Whether poll(2) is used where there is one.</summary>
    internal bool Polls { get; set; } = true;

    internal void Check(string parameter)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(Host)) faults.Add("Host is empty: name the PostgreSQL server.");
        Require(faults, nameof(Port), Port, 1, 65_535);
        Require(faults, nameof(ListenPort), ListenPort, 0, 65_535);
        Require(faults, nameof(MaxConnections), MaxConnections, 1, 10_000);
        Require(faults, nameof(MaxHeldBytes), MaxHeldBytes, 64 * 1024, 64 * 1024 * 1024);
        Require(faults, nameof(MaxShapes), MaxShapes, 100, 1_000_000);
        Require(faults, nameof(StartupLimit), StartupLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Require(faults, nameof(ConnectLimit), ConnectLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        if (faults.Count > 0) throw new ArgumentException(string.Join(' ', faults), parameter);
    }

    private static void Require<T>(List<string> faults, string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0) faults.Add($"{name} is {value}: it goes from {least} to {most}.");
    }
}
