namespace Roadworthy.Inspection.Findings;

/// <summary>Every rule that a running backend is inspected by.</summary>
public static class RuleCatalogue
{
    private static readonly Dictionary<string, Rule> ById = new[] { InputRules.All, QueryRules.All, RaceRules.All, ErrorRules.All, AccessRules.All }
        .SelectMany(rules => rules).ToDictionary(rule => rule.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by number.</summary>
    public static IReadOnlyList<Rule> All { get; } = [.. ById.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>The rule of an id, in any case; null where there is none.</summary>
    public static Rule? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>The rule of an id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Rule Get(string id) => Find(id) ?? throw new ArgumentException($"There is no rule '{id}'. docs/rules has the list.", nameof(id));
}
