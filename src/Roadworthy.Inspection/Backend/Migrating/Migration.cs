namespace Roadworthy.Inspection.Backend;

/// <summary>How a schema is brought up, and by what it was recognised.</summary>
/// <param name="Command">For a shell; null where there are <paramref name="Scripts"/>, or nothing is to be done.</param>
/// <param name="Scripts">Files of SQL, in their order.</param>
/// <param name="Why">A sentence.</param>
internal sealed record Migration(string? Command, IReadOnlyList<string> Scripts, string Why)
{
    public static Migration None(string why) => new(null, [], why);

    public static Migration Run(string command, string why) => new(command, [], why);
}
