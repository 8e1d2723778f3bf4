namespace Roadworthy.Input;

/// <summary>
/// White space around this text is removed before the value is checked and handed on. Without it, text is handed on as it came.
/// For string members of a body, and string parameters of a query, route or header.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class TrimmedAttribute : Attribute;
