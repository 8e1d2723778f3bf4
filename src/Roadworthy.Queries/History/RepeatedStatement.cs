namespace Roadworthy.Queries;

/// <summary>A statement that one request sent again and again.</summary>
public sealed record RepeatedStatement
{
    internal const string UnknownPlace = "an unknown place";

    /// <summary>The SQL with <c>?</c> in place of every literal and parameter, 4,000 characters at most.</summary>
    public required string Sql { get; init; }

    /// <summary>The fingerprint of the SQL, as spans have it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How often it was sent.</summary>
    public required int Count { get; init; }

    /// <summary>With how many different values; null where the data source does not tell (it was built without <c>UseRoadworthyQueries</c>).</summary>
    public int? DifferentValues { get; init; }

    /// <summary>Whether it is an N+1: often enough, with different values.</summary>
    public required bool IsNPlusOne { get; init; }

    /// <summary>Where it was sent from, such as <c>OrdersList.cs:41</c>; null where no debugging symbols tell.</summary>
    public string? SourceLine { get; init; }

    /// <summary>The method that sent it, such as <c>OrdersList.GetAsync</c>; null where no frame of the application's was on the stack.</summary>
    public string? Method { get; init; }

    /// <summary>The sum of its times.</summary>
    public required TimeSpan TotalTime { get; init; }

    /// <summary>The place as people read it: the line where known, else the method, else "an unknown place".</summary>
    public string Place => SourceLine ?? Method ?? UnknownPlace;
}
