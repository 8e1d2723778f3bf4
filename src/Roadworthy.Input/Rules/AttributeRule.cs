using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Roadworthy.Input.Rules;

/// <summary>One validation attribute.</summary>
internal sealed class AttributeRule(ValidationAttribute attribute)
{
    // The framework's own look at nothing but the value, except for these two.
    private readonly bool _seesOnlyTheValue = attribute.GetType().Assembly == typeof(ValidationAttribute).Assembly
        && attribute is not CompareAttribute and not CustomValidationAttribute;

    public string Name { get; } = RuleName.Of(attribute.GetType());

    public bool IsRequired => attribute is RequiredAttribute;

    /// <summary>[DataType] and what else only describes is no rule.</summary>
    public static bool IsRule(ValidationAttribute attribute) => attribute.GetType() != typeof(DataTypeAttribute);

    /// <summary>Whether the value breaks the rule.</summary>
    /// <param name="value">The value.</param>
    /// <param name="memberName">The member's CLR name; null for a whole object.</param>
    /// <param name="displayName">How messages call the member.</param>
    /// <param name="context">What the attribute may ask for.</param>
    /// <param name="result">What the attribute says; its message may be null.</param>
    public bool IsBroken(object? value, string? memberName, string displayName, ref RuleContext context, [NotNullWhen(true)] out ValidationResult? result)
    {
        result = null;
        try
        {
            if (_seesOnlyTheValue ? attribute.IsValid(value) : !context.Whole && !IsBrokenAlone(value)) return false;
            result = attribute.GetValidationResult(value, context.For(memberName, displayName));
        }
        catch (ValidationException e)
        {
            result = e.ValidationResult;
        }
        catch (OverflowException) when (_seesOnlyTheValue)
        {
            // [Range(1, 5)] on a long turns the value into an int first.
            result = new ValidationResult(attribute.FormatErrorMessage(displayName));
        }
        catch (RegexMatchTimeoutException)
        {
            // Text that a pattern can't decide about in time is what somebody sent to keep the server busy.
            result = new ValidationResult(attribute.FormatErrorMessage(displayName));
            context.TimedOut = true;
        }

        return result is not null;
    }

    /// <summary>The message is the attribute's fixed text, which no value can be part of.</summary>
    public bool IsFixedText(string message, string displayName) => string.Equals(message, attribute.FormatErrorMessage(displayName), StringComparison.Ordinal);

    /// <summary>An attribute that can decide without its object may do so; of another nothing is known until its object could be read.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever an attribute throws that was given no context says only that it needs one.")]
    private bool IsBrokenAlone(object? value)
    {
        try
        {
            return !attribute.IsValid(value);
        }
        catch (Exception)
        {
            return false;
        }
    }
}
