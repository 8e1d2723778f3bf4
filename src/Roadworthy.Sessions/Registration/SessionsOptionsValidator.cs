using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Roadworthy.Sessions.Keys;

namespace Roadworthy.Sessions.Registration;

/// <summary>Every fault of the options at once, when the application starts.</summary>
internal sealed partial class SessionsOptionsValidator : IValidateOptions<SessionsOptions>
{
    public ValidateOptionsResult Validate(string? name, SessionsOptions options)
    {
        var faults = Find(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string?> Ranges(SessionsOptions options)
    {
        yield return Outside(nameof(options.AccessTokenLifetime), options.AccessTokenLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        yield return Outside(nameof(options.ReplayWindow), options.ReplayWindow, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        yield return Outside(nameof(options.HealHorizon), options.HealHorizon, TimeSpan.Zero, TimeSpan.FromDays(30));
        yield return Outside(nameof(options.IdleLifetime), options.IdleLifetime, options.AccessTokenLifetime, options.AbsoluteLifetime);
        yield return Outside(nameof(options.AbsoluteLifetime), options.AbsoluteLifetime, options.AccessTokenLifetime, TimeSpan.FromDays(3660));
        yield return Outside(nameof(options.MaxHeals), options.MaxHeals, 0, 10);
        yield return Outside(nameof(options.VerifiedTokens), options.VerifiedTokens, 0, 1_000_000);
        yield return Outside(nameof(options.PageOutageGrace), options.PageOutageGrace, TimeSpan.Zero, TimeSpan.FromDays(1));
        yield return Outside(nameof(options.RefreshesPerMinute), options.RefreshesPerMinute, 10, 100_000);
    }

    private static IEnumerable<string> Find(SessionsOptions options)
    {
        foreach (var fault in Ranges(options).OfType<string>()) yield return fault;
        if (string.IsNullOrWhiteSpace(options.Issuer)) yield return "SessionsOptions.Issuer is empty: name who issues the access tokens.";
        if (options.RootKey is not null && RootKey.Fault(options.RootKey) is { } key)
            yield return $"{options.RootKeySetting} can't be used: {key}. Make one with 'openssl rand -base64 {RootKey.Length}'.";
        foreach (var fault in options.AcceptedRootKeys.Select(RootKey.Fault).OfType<string>())
            yield return $"SessionsOptions.AcceptedRootKeys holds a key that can't be used: {fault}.";
        if (!Enum.IsDefined(options.UserIdType)) yield return $"SessionsOptions.UserIdType is {options.UserIdType}, which there is not.";
        if (!ViewName().IsMatch(options.UserView ?? ""))
            yield return $"SessionsOptions.UserView is '{options.UserView}', which is no name of a view: letters, digits and underscores, with the schema and a dot before it.";
        if (!CookieToken().IsMatch(options.CookieName ?? "")) yield return $"SessionsOptions.CookieName is '{options.CookieName}', which is no name of a cookie.";
        if (!CookieToken().IsMatch(options.PageCookieName ?? "")) yield return $"SessionsOptions.PageCookieName is '{options.PageCookieName}', which is no name of a cookie.";
        if (options.PageCookieName == options.CookieName) yield return $"SessionsOptions.PageCookieName and CookieName are both '{options.CookieName}': two cookies need two names.";
        if (!RedirectHttpResult.IsLocalUrl(options.PageLoginPath) || !options.PageLoginPath.StartsWith('/'))
            yield return $"SessionsOptions.PageLoginPath is '{options.PageLoginPath}', which is no path of this site such as /login.";
        foreach (var origin in options.AllowedOrigins.Where(origin => !IsOrigin(origin)))
            yield return $"SessionsOptions.AllowedOrigins holds '{origin}', which is no origin such as https://app.example.com.";
    }

    private static string? Outside<T>(string name, T value, T least, T most)
        where T : IComparable<T>, IFormattable =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"SessionsOptions.{name} is {value}: it must be {least} to {most}.");

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.GetLeftPart(UriPartial.Authority) == text;

    // It is put into SQL, where a name can't be a parameter.
    [GeneratedRegex(@"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ViewName();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CookieToken();
}
