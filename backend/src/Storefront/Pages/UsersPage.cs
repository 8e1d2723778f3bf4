using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Roadworthy.Input;
using Roadworthy.Sessions;
using Storefront.Accounts;
using Storefront.Dashboard;
using Storefront.Data;
using Storefront.Pages.Views;

namespace Storefront.Pages;

/// <summary>The dashboard for people: the same three statements as <c>GET /api/dashboard</c>, whose answer it shows.</summary>
internal static class UsersPage
{
    private const int UsersShown = 20;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/dashboard", Get).RequireAuthorization(SessionPages.Policy(AccountsApi.AdminRole));

    private static async Task<IResult> Get(
        HttpContext http, IAntiforgery forgery, DashboardQuery query, IOptions<JsonOptions> json, CancellationToken cancellationToken,
        [Trimmed, StringLength(DashboardSearch.MaxLength)] string? search = null, Cursor? after = null)
    {
        if (string.IsNullOrWhiteSpace(search)) search = null;
        return PageResult.Of<DashboardView>(http, new(StringComparer.Ordinal)
        {
            [nameof(DashboardView.Visitor)] = Visitor.Of(http, forgery),
            [nameof(DashboardView.Answer)] = await ReadAsync(query, search, after, json.Value.SerializerOptions, cancellationToken),
            [nameof(DashboardView.Search)] = search,
            [nameof(DashboardView.After)] = after?.ToString(),
        });
    }

    private static async Task<DashboardAnswer> ReadAsync(
        DashboardQuery query, string? search, Cursor? after, JsonSerializerOptions json, CancellationToken cancellationToken)
    {
        var words = DashboardSearch.Words(search);
        // What was typed has no letter and no digit.
        if (search is not null && words is null) return new([], Next: null);
        using var page = await query.ReadAsync(after?.Id ?? Guid.Empty, UsersShown, cancellationToken, words);
        return JsonSerializer.Deserialize<DashboardAnswer>(page.Assemble().Span, json)!;
    }
}
