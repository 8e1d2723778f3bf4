namespace Roadworthy.Input;

/// <summary>
/// The names of the guard's own rules, as answers list them under <c>rules</c>. A validation attribute is listed by its own name without
/// "Attribute", in camel case: <c>range</c>, <c>stringLength</c>, <c>emailAddress</c>.
/// </summary>
public static class InputRule
{
    /// <summary>A value is needed, and it is missing, null, or empty.</summary>
    public const string Required = "required";

    /// <summary>A value of another kind came: text for a number, an object for a list.</summary>
    public const string Type = "type";

    /// <summary>A number lies outside of what its type holds.</summary>
    public const string Range = "range";

    /// <summary>A name that is none of those which are known.</summary>
    public const string OneOf = "oneOf";

    /// <summary>A member, or a parameter that takes one value, came twice.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A member that is not known, where the type allows none (<c>JsonUnmappedMemberHandling.Disallow</c>).</summary>
    public const string Unknown = "unknown";

    /// <summary>Text holds what PostgreSQL or UTF-8 can't: U+0000, or half of a surrogate pair.</summary>
    public const string Text = "text";

    /// <summary>The body nests deeper than the host's JSON options allow.</summary>
    public const string Depth = "depth";

    /// <summary>An object has more members than <see cref="InputOptions.MaxMembers"/>.</summary>
    public const string Members = "members";

    /// <summary>The body is no JSON, or ends too early.</summary>
    public const string Syntax = "syntax";

    /// <summary>The body's bytes are not in the encoding that it claims.</summary>
    public const string Encoding = "encoding";

    /// <summary>The application could not read the value, for a reason that the guard does not know.</summary>
    public const string Binding = "binding";

    /// <summary>A rule across members, or one that has no name.</summary>
    public const string Rule = "rule";
}
