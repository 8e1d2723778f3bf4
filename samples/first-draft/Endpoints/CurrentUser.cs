using System.Security.Claims;

namespace FirstDraft.Endpoints;

public static class CurrentUser
{
    public const string AdminPolicy = "admin";

    public static Guid GetUserId(this ClaimsPrincipal principal) => Guid.Parse(principal.FindFirstValue("sub")!);
}
