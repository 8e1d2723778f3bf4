using System.Security.Claims;
using System.Text.Json;
using Roadworthy.Sessions.AccessTokens;

namespace Roadworthy.Sessions.Pages;

/// <summary>What a page knows of who is signed in: the same claims, under the same names, as an access token has.</summary>
internal static class PageClaims
{
    public static ClaimsPrincipal Of(Guid session, PageRow row)
    {
        List<Claim> claims = [new("sub", row.UserId), new(AccessTokenMinter.SessionClaim, session.ToString())];
        if (row.Claims is not null)
        {
            foreach (var further in AccessTokenMinter.Further(row.Claims)) claims.AddRange(Texts(further.Value).Select(text => new Claim(further.Name, text)));
        }

        return new(new ClaimsIdentity(claims, SessionPages.Scheme, "sub", "role"));
    }

    // A list is as many claims of one name, as the reader of access tokens has it.
    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Null => [],
        _ => [value.GetRawText()],
    };
}
