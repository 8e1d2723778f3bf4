using System.Collections;
using System.ComponentModel.DataAnnotations;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Rules;

/// <summary>Runs the rules over one body, object by object: members first, the object as a whole only where all of it is in order.</summary>
/// <param name="findings">Where errors go.</param>
/// <param name="services">The request's services.</param>
/// <param name="seen">The objects met so far, where the host's JSON lets them refer to each other; else null.</param>
internal sealed class RuleWalk(RuleFindings findings, IServiceProvider services, HashSet<object>? seen) : IDisposable
{
    /// <summary>How messages call an object that is meant as a whole: its type's name is nobody's business.</summary>
    private const string WholeName = "object";

    private readonly PointerBuffer _pointer = new();
    private int _depth;

    public void Dispose() => _pointer.Dispose();

    public void Value(object value, TypeRules declared)
    {
        var rules = declared.Of(value);
        if (!rules.HasRules || findings.Ended || _depth == findings.MaxDepth || seen?.Add(value) == false) return;
        _depth++;
        var before = findings.Count;
        var context = new RuleContext(value, whole: !findings.Unread.HasAtOrBelow(_pointer.Span), services);
        if (rules.Element is not null) Collection(value, rules.Element);
        Members(value, rules, filled: true, ref context);
        if (context.Whole && InOrder(before)) Members(value, rules, filled: false, ref context);
        if (context.Whole && InOrder(before)) OnType(value, rules, ref context);
        if (context.Whole && InOrder(before) && rules.IsValidatable) WholeObject((IValidatableObject)value, rules);
        _depth--;
    }

    private bool InOrder(int before) => findings.Count == before && !findings.Ended;

    private void Collection(object collection, TypeRules element)
    {
        var length = _pointer.Length;
        foreach (var (index, key, value) in Elements.Of(collection))
        {
            if (findings.Ended) return;
            if (value is null) continue;
            if (key is not null) _pointer.Push(JsonPointer.Segment(key));
            else if (index >= 0) _pointer.Push(index);
            var placed = _pointer.Length > length;
            if (placed ? !findings.Unread.Has(_pointer.Span) : !findings.Unread.HasAtOrBelow(_pointer.Span)) Value(value, element);
            _pointer.Return(length);
        }
    }

    private void Members(object instance, TypeRules rules, bool filled, ref RuleContext context)
    {
        var length = _pointer.Length;
        foreach (var member in rules.Members)
        {
            if (findings.Ended) return;
            if (member.IsFilled != filled || member.Own.Length == 0 && member.Below is not { HasRules: true }) continue;
            _pointer.Push(member.Segment);
            if (!findings.Unread.Has(_pointer.Span))
            {
                var value = member.Get(instance);
                Attributes(member, value, ref context);
                if (value is not null && member.Below is not null) Value(value, member.Below);
            }

            _pointer.Return(length);
        }
    }

    private void Attributes(MemberRules member, object? value, ref RuleContext context)
    {
        // A list keeps its length whatever of it could not be read; a dictionary or an object does not keep its members.
        var isPart = findings.Unread.HasAtOrBelow(_pointer.Span);
        foreach (var rule in member.Own)
        {
            if (isPart && !(rule.SeesOnlyTheValue && value is IList)) continue;
            if (!rule.IsBroken(value, member.ClrName, member.DisplayName, ref context, out var result)) continue;
            var message = result.ErrorMessage ?? "";
            findings.Add(_pointer.ToString(), rule.Name, message, rule.IsFixedText(message, member.DisplayName));
            if (context.TimedOut) findings.End();
            if (findings.Ended || rule.IsRequired) return;
        }
    }

    private void OnType(object instance, TypeRules rules, ref RuleContext context)
    {
        foreach (var rule in rules.OnType)
        {
            if (!rule.IsBroken(instance, null, WholeName, ref context, out var result)) continue;
            Add(instance, rules, rule.Name, result, rule.IsFixedText(result.ErrorMessage ?? "", WholeName));
            if (context.TimedOut) findings.End();
            if (findings.Ended) return;
        }
    }

    private void WholeObject(IValidatableObject validatable, TypeRules rules)
    {
        var context = new ValidationContext(validatable, WholeName, services, items: null);
        try
        {
            foreach (var result in validatable.Validate(context) ?? [])
            {
                if (result is not null) Add(validatable, rules, InputRule.Rule, result, isFixedText: false);
                if (findings.Ended) return;
            }
        }
        catch (ValidationException e)
        {
            Add(validatable, rules, InputRule.Rule, e.ValidationResult, isFixedText: false);
        }
    }

    private void Add(object instance, TypeRules rules, string rule, ValidationResult result, bool isFixedText)
    {
        var pointer = _pointer.ToString();
        var named = false;
        foreach (var name in result.MemberNames.Where(name => !string.IsNullOrEmpty(name)))
        {
            named = true;
            findings.Add(MemberPath.ToPointer(instance, rules, pointer, name), rule, result.ErrorMessage, isFixedText);
        }

        if (!named) findings.Add(pointer, rule, result.ErrorMessage, isFixedText);
    }
}
