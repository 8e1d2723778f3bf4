using System.ComponentModel.DataAnnotations;

namespace Roadworthy.Input.Rules;

/// <summary>What an attribute may ask for: made once per object, and only when an attribute is there that asks.</summary>
/// <param name="instance">The object that the value belongs to.</param>
/// <param name="whole">All of the object could be read.</param>
/// <param name="services">The request's services.</param>
internal struct RuleContext(object instance, bool whole, IServiceProvider services)
{
    private ValidationContext? _context;

    /// <summary>False: members of the object hold defaults, and a rule that looks at them would speak of what nobody sent.</summary>
    public readonly bool Whole => whole;

    /// <summary>A pattern could not decide in time: no further rule of this request is run.</summary>
    public bool TimedOut { get; set; }

    public ValidationContext For(string? memberName, string displayName)
    {
        _context ??= new ValidationContext(instance, displayName, services, items: null);
        _context.MemberName = memberName;
        _context.DisplayName = displayName;
        return _context;
    }
}
