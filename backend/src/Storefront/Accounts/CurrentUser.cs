using System.Security.Claims;
using Storefront.Data;

namespace Storefront.Accounts;

/// <summary>
/// Who the request acts for, from its access token. Outside a request, and for anonymous ones, it is nobody:
/// <see cref="Guid.Empty"/>, which owns no row.
/// </summary>
internal sealed class CurrentUser(IHttpContextAccessor http) : IOwner
{
    public Guid Id { get; } = Read(http.HttpContext?.User);

    private static Guid Read(ClaimsPrincipal? user) =>
        Guid.TryParse(user?.FindFirstValue("sub"), out var id) ? id : Guid.Empty;
}
