namespace Roadworthy.Inspection.Api.OpenApi;

/// <summary>What is wrong with a document: each once, and a bounded number.</summary>
internal sealed class FaultList
{
    private const int Most = 200;
    private const int Longest = 500;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(string fault)
    {
        var text = fault.Length > Longest ? fault[..Longest] + "..." : fault;
        if (_all.Count == Most) _all.Add($"There are more than {Most} faults; the rest is not listed.");
        else if (_all.Count < Most && _seen.Add(text)) _all.Add(text);
    }
}
