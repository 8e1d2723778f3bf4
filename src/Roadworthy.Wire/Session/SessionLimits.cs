namespace Roadworthy.Wire.Session;

internal static class SessionLimits
{
    /// <summary>Of prepared statements, and of portals, on one connection. What exceeds it passes, and is unknown in the log.</summary>
    public const int Names = 10_000;

    /// <summary>Statements of one Query that are told apart. What exceeds it passes, and is counted with the last of them.</summary>
    public const int StatementsInQuery = 1_000;
}
