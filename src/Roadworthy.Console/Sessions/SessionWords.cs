using System.Text.Json;
using Roadworthy.Console.Text;
using Roadworthy.Sessions;

namespace Roadworthy.Console.Sessions;

/// <summary>What the pages say of sessions; the advice is that of docs/guides/sessions.md.</summary>
internal static class SessionWords
{
    public static string Name(SessionEvent happened) => happened.Kind switch
    {
        SessionEventKind.SignedIn => "signed in",
        SessionEventKind.Rotated => "refreshed",
        SessionEventKind.Replayed => happened.ClientChanged ? "replayed by another client" : "replayed",
        SessionEventKind.Healed => "healed",
        SessionEventKind.RolledForward => "rolled forward",
        SessionEventKind.Reused => "reused: ended",
        SessionEventKind.WrongSecret => "wrong secret",
        SessionEventKind.Revoked => "ended",
        _ => happened.Kind.ToString(),
    };

    public static string Advice(SessionEvent happened) => happened.Kind switch
    {
        SessionEventKind.SignedIn => "A password was right.",
        SessionEventKind.Rotated => "The usual.",
        SessionEventKind.Replayed when happened.ClientChanged => "One: a phone between networks. Many of one user: ask them.",
        SessionEventKind.Replayed => "The usual: two tabs, or a quick retry.",
        SessionEventKind.Healed => "An answer was lost on the way. Many at once: look at the balancer and at killed instances.",
        SessionEventKind.RolledForward => "The database went back in time: a failover or a restored backup. See what else was lost.",
        SessionEventKind.Reused => "A copy of a token is about. Tell the user, who has to sign in again.",
        SessionEventKind.WrongSecret => "Somebody has the root key. Change it, and end every session.",
        SessionEventKind.Revoked => "By sign-out, another device, a new password or an administrator.",
        _ => "",
    };

    public static bool IsLoud(SessionEvent happened) =>
        happened.Kind is SessionEventKind.Reused or SessionEventKind.WrongSecret or SessionEventKind.RolledForward
        || happened is { Kind: SessionEventKind.Replayed, ClientChanged: true };

    /// <summary>Who it is, as the application says, else the user view's claims: an address or a name before the id.</summary>
    public static string User(ActiveSession session, IReadOnlyDictionary<string, string> names)
    {
        if (names.TryGetValue(session.UserId, out var known)) return Visible.Line(known, 80);
        if (session.Claims is null) return Visible.Line(session.UserId, 80);
        try
        {
            using var claims = JsonDocument.Parse(session.Claims);
            foreach (var name in (string[])["email", "name", "preferred_username"])
            {
                if (claims.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                    return Visible.Line(value.GetString(), 80);
            }
        }
        catch (JsonException)
        {
            // The view is the application's own, and may say what it wants.
        }

        return Visible.Line(session.UserId, 80);
    }
}
