using System.Security.Claims;
using FirstDraft.Endpoints;
using FirstDraft.Mended.Services;
using FirstDraft.Models;
using FirstDraft.Tickets;

namespace FirstDraft.Mended.Endpoints;

public static class AddressEndpoints
{
    public static void MapAddresses(this RouteGroupBuilder api)
    {
        var addresses = api.MapGroup("/addresses").RequireAuthorization();
        addresses.MapGet("", async (ClaimsPrincipal principal, AddressService service, string? page = null, string? limit = null) =>
        {
            var bounds = BoundedPage.Read(page, limit);
            var items = await service.ListAsync(principal.GetUserId(), bounds);
            return new PageResponse<AddressResponse>(items.Select(AddressResponse.From).ToList(), bounds.Page, bounds.Limit);
        }).Produces<ErrorResponse>(400);

        addresses.MapPost("", async (NewAddressRequest request, ClaimsPrincipal principal, AddressService service) =>
        {
            Requests.Check(request);
            var address = await service.CreateAsync(principal.GetUserId(), request);
            return Results.Created($"/api/addresses/{address.Id}", AddressResponse.From(address));
        }).Produces<AddressResponse>(201).Produces<ErrorResponse>(400);

        addresses.MapPatch("/{id:guid}", async (Guid id, UpdateAddressRequest request, ClaimsPrincipal principal, AddressService service) =>
        {
            Requests.Check(request);
            return AddressResponse.From(await service.UpdateAsync(id, principal.GetUserId(), request));
        }).Produces<ErrorResponse>(400).Produces<ErrorResponse>(404);
    }

    public static void MapDashboard(this RouteGroupBuilder api) =>
        api.MapGet("/dashboard", async (DashboardService service, string? page = null, string? limit = null) =>
        {
            var bounds = BoundedPage.Read(page, limit, 500);
            return new DashboardResponse(await service.LoadAsync(bounds), bounds.Page, bounds.Limit);
        }).RequireAuthorization(CurrentUser.AdminPolicy).Produces<ErrorResponse>(400);
}
