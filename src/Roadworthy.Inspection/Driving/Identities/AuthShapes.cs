using System.Text.RegularExpressions;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>The operations by which people come and go, found by their paths and by what their bodies ask for, the likeliest first.</summary>
internal sealed partial class AuthShapes
{
    private const int Deepest = 4;

    private AuthShapes(IReadOnlyList<ApiOperation> signUp, IReadOnlyList<ApiOperation> logIn, IReadOnlyList<ApiOperation> refresh, IReadOnlyList<ApiOperation> logOut) =>
        (SignUp, LogIn, Refresh, LogOut) = (signUp, logIn, refresh, logOut);

    public IReadOnlyList<ApiOperation> SignUp { get; }

    public IReadOnlyList<ApiOperation> LogIn { get; }

    public IReadOnlyList<ApiOperation> Refresh { get; }

    public IReadOnlyList<ApiOperation> LogOut { get; }

    public static AuthShapes Of(ApiDescription description)
    {
        var writes = description.Operations.Where(operation => operation.Method is "POST" or "PUT").ToList();
        return new(Best(writes, SignUpScore), Best(writes, LogInScore), Best(writes, RefreshScore), Best(description.Operations, operation => LogOutPath().IsMatch(operation.Path) ? 2 : 0));
    }

    /// <summary>What would end a session, an account or a password that others still need: tried last, by somebody who is not needed.</summary>
    public static bool IsDangerous(ApiOperation operation) =>
        DangerousPath().IsMatch(operation.Path + " " + operation.OperationId) || (operation.Method is "DELETE" && (IsOwnAccount(operation) || SessionPath().IsMatch(operation.Path)));

    /// <summary>Whether it is about the account of whoever asks.</summary>
    public static bool IsOwnAccount(ApiOperation operation) => OwnAccount().IsMatch(operation.Path);

    /// <summary>The names of a body's fields, at any depth.</summary>
    public static IEnumerable<string> Fields(ApiOperation operation) => operation.Body?.Content.Values.SelectMany(schema => Fields(schema, 0)).Distinct(StringComparer.Ordinal) ?? [];

    private static List<ApiOperation> Best(IEnumerable<ApiOperation> operations, Func<ApiOperation, int> score) =>
        [.. operations.Select(operation => (operation, Score: score(operation))).Where(each => each.Score > 0).OrderByDescending(each => each.Score).ThenBy(each => each.operation.Path.Length).Select(each => each.operation).Take(4)];

    private static int SignUpScore(ApiOperation operation)
    {
        if (operation.Path.Contains('{', StringComparison.Ordinal) || OtherPath().IsMatch(operation.Path) || (operation.Method is not "POST" && IsOwnAccount(operation))) return 0;
        var (password, described) = Password(operation);
        var text = Text(operation);
        if (SignUpPath().IsMatch(text)) return password ? 10 : described ? 0 : 4;
        return password && UsersPath().IsMatch(operation.Path) ? 6 : !described && UsersPath().IsMatch(operation.Path) ? 1 : 0;
    }

    private static int LogInScore(ApiOperation operation)
    {
        if (operation.Path.Contains('{', StringComparison.Ordinal) || OtherPath().IsMatch(operation.Path) || SignUpPath().IsMatch(operation.Path)) return 0;
        var (password, described) = Password(operation);
        if (RefreshPath().IsMatch(operation.Path)) return 0;
        if (LogInPath().IsMatch(Text(operation))) return password ? 10 : described ? 0 : 4;
        return password && TokenPath().IsMatch(operation.Path) ? 8 : 0;
    }

    private static int RefreshScore(ApiOperation operation)
    {
        if (RefreshPath().IsMatch(Text(operation))) return 10;
        return Fields(operation).Any(field => Names.Plain(field) is "refreshtoken") && !LogOutPath().IsMatch(operation.Path) ? 5 : 0;
    }

    private static (bool Has, bool IsDescribed) Password(ApiOperation operation)
    {
        var fields = Fields(operation).ToList();
        return (fields.Any(field => Meanings.Of(field, null) is Meaning.Password && !field.Contains("new", StringComparison.OrdinalIgnoreCase)), fields.Count > 0);
    }

    private static IEnumerable<string> Fields(Schema schema, int depth)
    {
        if (depth > Deepest) return [];
        return schema.Properties.SelectMany(property => Fields(property.Value, depth + 1).Prepend(property.Key)).Concat(schema.Alternatives.SelectMany(each => Fields(each, depth + 1)))
            .Concat(schema.Properties.Count == 0 ? schema.Examples.OfType<System.Text.Json.Nodes.JsonObject>().SelectMany(example => example.Select(member => member.Key)) : []);
    }

    private static string Text(ApiOperation operation) => $"{operation.Path} {operation.OperationId}";

    [GeneratedRegex(@"sign[-_]?up|register|registration|create[-_]?(?:user|account)\b|(?:auth|users?|accounts?)/(?:create|new)$|/join$", RegexOptions.IgnoreCase)]
    private static partial Regex SignUpPath();

    [GeneratedRegex(@"/(?:users?|accounts?|members|customers)/?$", RegexOptions.IgnoreCase)]
    private static partial Regex UsersPath();

    [GeneratedRegex(@"log[-_]?in\b|login|sign[-_]?in|authenticate|/auth/?(?:\s|$)|jwt/create|obtain[-_]?token|/auth/local", RegexOptions.IgnoreCase)]
    private static partial Regex LogInPath();

    [GeneratedRegex(@"token|session|/jwt|/auth", RegexOptions.IgnoreCase)]
    private static partial Regex TokenPath();

    [GeneratedRegex(@"refresh|/renew|token/rotate", RegexOptions.IgnoreCase)]
    private static partial Regex RefreshPath();

    [GeneratedRegex(@"log[-_]?out|sign[-_]?out", RegexOptions.IgnoreCase)]
    private static partial Regex LogOutPath();

    [GeneratedRegex(@"forgot|reset|confirm|verif|resend|2fa|mfa|otp|google|facebook|github|apple|oauth/callback|change[-_]?password|invite|unlock|magic|recovery", RegexOptions.IgnoreCase)]
    private static partial Regex OtherPath();

    [GeneratedRegex(@"log[-_]?out|sign[-_]?out|revoke|deactivate|disable|/close\b|change[-_]?password|update[-_]?password|set[-_]?password|/password/?(?:\s|$)|reset[-_]?password|shutdown|2fa|mfa|delete[-_]?account|sessions?\b.*(?:delete|revoke|terminate|/end\b)", RegexOptions.IgnoreCase)]
    private static partial Regex DangerousPath();

    [GeneratedRegex(@"/sessions?\b", RegexOptions.IgnoreCase)]
    private static partial Regex SessionPath();

    [GeneratedRegex(@"/(?:me|user|users/me|profile|account|self|current)/?$", RegexOptions.IgnoreCase)]
    private static partial Regex OwnAccount();
}
