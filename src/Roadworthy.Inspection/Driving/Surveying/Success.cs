using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Driving;

/// <summary>Tells a success from a failure, also where a 200 says in its body that it is none.</summary>
internal static class Success
{
    private const int LongestQuote = 200;

    public static bool Is(Exchange exchange)
    {
        if (!exchange.Succeeded) return false;
        if (exchange.Response!.Json is not JsonObject of) return true;
        if (of["success"] is JsonValue success && success.GetValueKind() is JsonValueKind.False) return false;
        if (of["ok"] is JsonValue ok && ok.GetValueKind() is JsonValueKind.False) return false;
        return !((of["statusCode"] ?? of["status"] ?? of["code"]) is JsonValue status && status.GetValueKind() is JsonValueKind.Number && status.TryGetValue(out int number) && number is >= 400 and < 600);
    }

    /// <summary>The beginning of what it said, secrets masked, behind a colon; empty where it said nothing.</summary>
    public static string Quote(Exchange exchange)
    {
        if (exchange.Response is null && exchange.Failure is { Length: > 0 } failure) return ": " + Secrets.Text(failure);
        if (exchange.Response is not { Body.Length: > 0 } response) return ".";
        var text = Secrets.Text(response.Text.ReplaceLineEndings(" ").Trim());
        return ": " + (text.Length > LongestQuote ? text[..LongestQuote] + "..." : text);
    }
}
