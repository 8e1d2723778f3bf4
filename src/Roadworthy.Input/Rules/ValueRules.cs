using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Rules;

/// <summary>The validation attributes of one query, route or header parameter.</summary>
internal sealed class ValueRules
{
    private static readonly object NoObject = new();

    private readonly AttributeRule[] _rules;
    private readonly string _memberName;
    private readonly DisplayAttribute? _display;
    private readonly bool _isSecret;

    private ValueRules(AttributeRule[] rules, string memberName, DisplayAttribute? display, bool isSecret)
    {
        _rules = rules;
        _memberName = memberName;
        _display = display;
        _isSecret = isSecret;
    }

    /// <summary>Null where the parameter has none.</summary>
    public static ValueRules? For(ParameterInfo parameter)
    {
        // Asked for on the object itself: a property of [AsParameters] passes for a parameter, which only it knows how to read.
        var attributes = parameter.GetCustomAttributes(inherit: true).OfType<Attribute>().ToArray();
        var rules = MemberRules.Rules(attributes).ToArray();
        if (rules.Length == 0) return null;
        var name = parameter.Name ?? "";
        return new ValueRules(rules, name, attributes.OfType<DisplayAttribute>().FirstOrDefault(), MemberRules.IsSecretMember(attributes, name));
    }

    /// <param name="key">The parameter's key: <c>query:limit</c>.</param>
    /// <param name="value">The value, of the parameter's type; null where it is absent.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="services">The request's services, which an attribute may ask.</param>
    public void Check(string key, object? value, InputErrors errors, IServiceProvider services)
    {
        if (errors.Has(key)) return;
        var name = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var displayName = _display?.GetName() ?? name;
        var context = new RuleContext(value ?? NoObject, whole: true, services);
        foreach (var rule in _rules)
        {
            if (!rule.IsBroken(value, _memberName, displayName, ref context, out var result)) continue;
            var message = result.ErrorMessage;
            errors.Add(key, rule.Name, IsShown(rule, message, displayName, name, value) ? message! : RuleName.Neutral(rule.Name));
            if (rule.IsRequired || context.TimedOut || errors.Truncated) return;
        }
    }

    private bool IsShown(AttributeRule rule, string? message, string displayName, string name, object? value) =>
        !string.IsNullOrWhiteSpace(message)
        && (!_isSecret && !SecretName.Is(name)
            || rule.IsFixedText(message, displayName)
            || SecretValues.Text(value) is not { Length: > 0 } secret
            || !SecretValues.Holds(message, secret));
}
