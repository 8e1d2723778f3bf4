using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Rules;

/// <summary>What the rules of one body have found.</summary>
/// <param name="body">The body as it was read.</param>
/// <param name="rules">The rules of its type.</param>
/// <param name="maxDepth">How deep it may nest.</param>
/// <param name="errors">Where errors go.</param>
/// <param name="unread">What could not be read.</param>
internal sealed class RuleFindings(object body, TypeRules rules, int maxDepth, InputErrors errors, UnreadPointers unread)
{
    private List<string>? _secrets;

    public object Body => body;

    public TypeRules Rules => rules;

    public int MaxDepth => maxDepth;

    public UnreadPointers Unread => unread;

    public int Count { get; private set; }

    /// <summary>One more than are kept has been found, or looking further costs too much.</summary>
    public bool Ended { get; private set; }

    public void End() => Ended = true;

    /// <param name="pointer">The member's.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="message">What the rule says.</param>
    /// <param name="isFixedText">The message holds no value.</param>
    public void Add(string pointer, string rule, string? message, bool isFixedText = false)
    {
        Count++;
        errors.Add(pointer, rule, string.IsNullOrWhiteSpace(message) || !isFixedText && HoldsSecret(message) ? RuleName.Neutral(rule) : message);
        if (errors.Truncated) End();
    }

    private bool HoldsSecret(string message)
    {
        if (!rules.HasSecrets) return false;
        _secrets ??= SecretValues.In(body, rules, maxDepth);
        foreach (var secret in _secrets)
        {
            if (SecretValues.Holds(message, secret)) return true;
        }

        return false;
    }
}
