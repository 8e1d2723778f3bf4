namespace Storefront.Accounts.Passwords;

/// <summary>
/// Length only, as NIST SP 800-63B advises: rules about kinds of characters make passwords worse. The upper bound is
/// far beyond what people and password managers use.
/// </summary>
internal static class PasswordRules
{
    public const int MinLength = 8;
    public const int MaxLength = 256;
}
