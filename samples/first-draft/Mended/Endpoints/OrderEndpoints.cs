using System.Security.Claims;
using FirstDraft.Endpoints;
using FirstDraft.Mended.Services;
using FirstDraft.Models;
using FirstDraft.Tickets;

namespace FirstDraft.Mended.Endpoints;

public static class OrderEndpoints
{
    public static void MapOrders(this RouteGroupBuilder api)
    {
        var orders = api.MapGroup("/orders").RequireAuthorization();
        orders.MapPost("", async (NewOrderRequest request, ClaimsPrincipal principal, OrderService service) =>
        {
            Requests.Check(request);
            var order = await service.CreateAsync(principal.GetUserId(), request);
            return Results.Created($"/api/orders/{order.Id}", OrderResponse.From(order));
        }).Produces<OrderResponse>(201).Produces<ErrorResponse>(400).Produces<ErrorResponse>(409);

        orders.MapGet("", async (ClaimsPrincipal principal, OrderService service, string? page = null, string? limit = null) =>
        {
            var bounds = BoundedPage.Read(page, limit);
            var items = await service.ListAsync(principal.GetUserId(), bounds);
            return new PageResponse<OrderResponse>(items.Select(OrderResponse.From).ToList(), bounds.Page, bounds.Limit);
        }).Produces<ErrorResponse>(400);

        orders.MapGet("/{id:guid}", async (Guid id, ClaimsPrincipal principal, OrderService service) =>
            OrderResponse.From(await service.GetAsync(id, principal.GetUserId()))).Produces<ErrorResponse>(404);

        orders.MapPost("/{id:guid}/cancel", async (Guid id, ClaimsPrincipal principal, OrderService service) =>
            OrderResponse.From(await service.CancelAsync(id, principal.GetUserId()))).Produces<ErrorResponse>(404).Produces<ErrorResponse>(409);
    }
}
