namespace Roadworthy.Wire;

/// <summary>How a connection ends, as its client sees it.</summary>
public enum KillManner
{
    /// <summary>With a reset: the machine at the other end is gone, or something in between has forgotten the connection.</summary>
    Reset,

    /// <summary>With an orderly end, and no word.</summary>
    Close,

    /// <summary>With FATAL 57P01 before the end: an administrator's pg_terminate_backend, or a server that shuts down.</summary>
    Terminate,
}
