using Roadworthy.Queries.Recording;
using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.History;

/// <summary>The SQL of one trace's spans: each text is kept once, and all of them are bounded.</summary>
internal sealed class SqlOfTrace(int most)
{
    private const string LeftOut = "(left out: too much SQL in one request)";

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private int _left = most;

    public string? Of(Tally[] tallies)
    {
        if (tallies.Length == 0) return null;
        var text = tallies.Length == 1 ? tallies[0].Fingerprint.Text : Joined(tallies);
        if (_known.TryGetValue(text, out var known)) return known;
        if (text.Length > _left) return LeftOut;
        _left -= text.Length;
        return _known[text] = text;
    }

    private static string Joined(Tally[] tallies)
    {
        var text = string.Join('\n', tallies.Take(Fingerprint.MaxText).Select(tally => tally.Fingerprint.Text));
        return text.Length <= Fingerprint.MaxText ? text : string.Concat(text.AsSpan(0, Fingerprint.MaxText - 3), "...");
    }
}
