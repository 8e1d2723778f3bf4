namespace Roadworthy.Inspection.Findings;

/// <summary>What goes wrong in production though it went well in tests. The hundreds digit of a rule's number.</summary>
public enum Hazard
{
    /// <summary>RW1xx: what clients really send.</summary>
    Input = 1,

    /// <summary>RW2xx: what the database is really asked.</summary>
    Queries = 2,

    /// <summary>RW3xx: what happens at the same time.</summary>
    Races = 3,

    /// <summary>RW4xx: what is told, and kept, when something fails.</summary>
    Errors = 4,

    /// <summary>RW5xx: who may see and change what.</summary>
    Access = 5,
}
