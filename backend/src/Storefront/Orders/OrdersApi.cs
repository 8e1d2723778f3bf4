using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Roadworthy.Input;
using Storefront.Data;
using Storefront.Hosting;

namespace Storefront.Orders;

/// <summary>One's own orders. The owner filter of <see cref="StorefrontDb"/> makes anybody else's a 404.</summary>
internal static class OrdersApi
{
    public static IServiceCollection AddOrders(this IServiceCollection services) =>
        services.AddScoped<PlaceOrder>().AddScoped<CancelOrder>();

    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders").RequireAuthorization();
        orders.MapPost("", Place).WithName("PlaceOrder").WithSummary("Orders at the catalogue's prices, all items or nothing.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        orders.MapGet("", List).WithName("ListOrders").WithSummary("One's own orders, the newest first, by keyset pages.");
        orders.MapGet("/{id}", Get).WithName("GetOrder").WithSummary("One of one's own orders.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        orders.MapPost("/{id}/cancel", Cancel).WithName("CancelOrder").WithSummary("Cancels an order and gives its stock back, once.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Created<OrderAnswer>, ValidationProblem, ProblemHttpResult>> Place(
        PlaceOrder.Request request, PlaceOrder place, CancellationToken cancellationToken)
    {
        return await place.ExecuteAsync(request, cancellationToken) switch
        {
            PlaceOrder.Placed placed => TypedResults.Created($"/api/orders/{placed.Order.Id}", placed.Order),
            PlaceOrder.UnknownSkus unknown => Problems.Invalid(InputRule.OneOf, "Must be the SKU of a product, but there is none that has it.", unknown.Items.Select(index => $"/items/{index}/sku")),
            PlaceOrder.OutOfStock missing => Problems.OutOfStock(missing.Skus),
            PlaceOrder.BuyerGone => Problems.AccountGone(),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<Page<OrderAnswer>> List(
        StorefrontDb db, CancellationToken cancellationToken, Cursor? after = null, [Range(1, 500)] int limit = 50)
    {
        var orders = db.Orders.AsNoTracking();
        if (after is { } cursor) orders = orders.Where(order => order.Id < cursor.Id);
        var rows = await orders.OrderByDescending(order => order.Id).Take(limit + 1).Select(OrderAnswer.Projection).ToListAsync(cancellationToken);
        return Page.From(rows, limit, order => order.Id);
    }

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> Get(Guid id, StorefrontDb db, CancellationToken cancellationToken) =>
        await FindAsync(db, id, cancellationToken) is { } order ? TypedResults.Ok(order) : Problems.NotFound("order");

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> Cancel(
        Guid id, CancelOrder cancel, StorefrontDb db, CancellationToken cancellationToken)
    {
        await cancel.ExecuteAsync(id, cancellationToken);
        return await FindAsync(db, id, cancellationToken) switch
        {
            null => Problems.NotFound("order"),
            { Status: OrderStatus.Cancelled } order => TypedResults.Ok(order),
            var order => Problems.NotCancellable(order.Status.ToString().ToLowerInvariant()),
        };
    }

    private static Task<OrderAnswer?> FindAsync(StorefrontDb db, Guid id, CancellationToken cancellationToken) =>
        db.Orders.AsNoTracking().Where(order => order.Id == id).Select(OrderAnswer.Projection).FirstOrDefaultAsync(cancellationToken);
}
