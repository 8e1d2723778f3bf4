using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Driving;

/// <summary>The rules of one operation's fields, by pointer; an array's positions are one.</summary>
internal sealed partial class LearnedRules
{
    private const int Most = 200;

    private readonly Dictionary<string, FieldRule> _rules = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, FieldRule> All => _rules;

    /// <summary>By pointer, or by a pointer that ends alike: a refusal often names the last part only.</summary>
    public FieldRule? For(string pointer)
    {
        var normal = Normal(pointer);
        if (_rules.TryGetValue(normal, out var exact)) return exact;
        var name = Names.Plain(normal[(normal.LastIndexOf('/') + 1)..]);
        foreach (var (where, rule) in _rules)
            if (where.LastIndexOf('/') <= 0 && Names.Plain(where) == name) return rule;
        return null;
    }

    /// <returns>Whether it was news.</returns>
    public bool Add(string pointer, FieldRule rule)
    {
        var normal = Normal(pointer);
        if (_rules.Count >= Most && !_rules.ContainsKey(normal)) return false;
        var known = _rules.GetValueOrDefault(normal, new FieldRule());
        var now = known.Add(rule);
        _rules[normal] = now;
        return !now.Equals(known);
    }

    private static string Normal(string pointer) => Index().Replace(pointer.StartsWith('/') || pointer.Contains(':', StringComparison.Ordinal) ? pointer : "/" + pointer, "/0");

    [GeneratedRegex(@"/\d+(?=/|$)")]
    private static partial Regex Index();
}
