using System.Text.Json;

namespace Roadworthy.Input.FluentValidation;

/// <summary>The names under which answers list FluentValidation's rules.</summary>
internal static class FluentRuleName
{
    private const string Suffix = "Validator";

    /// <summary>NotEmptyValidator is <c>notEmpty</c>. A code that the application gave itself (<c>WithErrorCode</c>) stays as it is.</summary>
    public static string Of(string? errorCode)
    {
        if (string.IsNullOrWhiteSpace(errorCode)) return InputRule.Rule;
        return errorCode.Length > Suffix.Length && errorCode.EndsWith(Suffix, StringComparison.Ordinal)
            ? JsonNamingPolicy.CamelCase.ConvertName(errorCode[..^Suffix.Length])
            : errorCode;
    }
}
