using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Roadworthy.Input;
using Storefront.Data;
using Storefront.Hosting;
using Storefront.Hosting.Conditional;

namespace Storefront.Orders;

/// <summary>One's own orders. The owner filter of <see cref="StorefrontDb"/> makes anybody else's a 404.</summary>
internal static class OrdersApi
{
    public static IServiceCollection AddOrders(this IServiceCollection services) =>
        services.AddScoped<PlaceOrder>().AddScoped<CancelOrder>().AddRoadworthyIdempotency<StorefrontDb>();

    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders").RequireAuthorization();
        // A statement for each product's stock and each line, in two round trips; the key's are three more.
        orders.MapPost("", Place).WithQueryBudget(6 + (2 * PlaceOrder.MaxItems) + QueryBudgets.Session).WithIdempotencyKey().WithName("PlaceOrder").WithSummary("Orders at the catalogue's prices, all items or nothing. With an Idempotency-Key once, however often it is sent.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        orders.MapGet("", List).WithQueryBudget(1 + QueryBudgets.Session).CountReturnedItems().WithName("ListOrders").WithSummary("One's own orders, the newest first, by keyset pages.");
        orders.MapGet("/{id}", Get).WithQueryBudget(1 + QueryBudgets.Session).WithName("GetOrder").WithSummary("One of one's own orders.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        // Three, and two more where the commit's answer is lost.
        orders.MapPost("/{id}/cancel", Cancel).WithQueryBudget(5 + QueryBudgets.Session).WithName("CancelOrder").WithSummary("Cancels an order and gives its stock back, once.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Created<OrderAnswer>, ValidationProblem, ProblemHttpResult>> Place(
        PlaceOrder.Request request, PlaceOrder place, HttpContext http, CancellationToken cancellationToken)
    {
        return await place.ExecuteAsync(request, cancellationToken) switch
        {
            PlaceOrder.Placed placed => Created(placed.Order, http),
            PlaceOrder.UnknownSkus unknown => Problems.Invalid(InputRule.OneOf, "Must be the SKU of a product, but there is none that has it.", unknown.Items.Select(index => $"/items/{index}/sku")),
            PlaceOrder.OutOfStock missing => Problems.OutOfStock(missing.Skus),
            PlaceOrder.BuyerGone => Problems.AccountGone(),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    internal static async Task<Page<OrderAnswer>> List(
        StorefrontDb db, CancellationToken cancellationToken, Cursor? after = null, [Range(1, 500)] int limit = 50)
    {
        var orders = db.Orders.AsNoTracking();
        if (after is { } cursor) orders = orders.Where(order => order.Id < cursor.Id);
        var rows = await orders.OrderByDescending(order => order.Id).Take(limit + 1).Select(OrderAnswer.Projection).ToListAsync(cancellationToken);
        return Page.From(rows, limit, order => order.Id);
    }

    private static async Task<Results<Versioned<OrderAnswer>, ProblemHttpResult>> Get(Guid id, StorefrontDb db, CancellationToken cancellationToken) =>
        await FindAsync(db, id, cancellationToken) is { } order ? Tagged(order) : Problems.NotFound("order");

    private static async Task<Results<Versioned<OrderAnswer>, ProblemHttpResult>> Cancel(
        Guid id, CancelOrder cancel, StorefrontDb db, CancellationToken cancellationToken, [FromHeader(Name = IfMatch.Header)] IfMatch? ifMatch = null)
    {
        await cancel.ExecuteAsync(id, ifMatch ?? IfMatch.Nothing, cancellationToken);
        return await FindAsync(db, id, cancellationToken) switch
        {
            null => Problems.NotFound("order"),
            // Also where it was cancelled before, in the version that is named or another: what is asked for is done (RFC 9110, 13.1.1).
            { Status: OrderStatus.Cancelled } order => Tagged(order),
            { Status: OrderStatus.Pending or OrderStatus.Paid } => Problems.Stale("order"),
            var order => Problems.NotCancellable(order.Status.ToString().ToLowerInvariant()),
        };
    }

    private static Created<OrderAnswer> Created(OrderAnswer order, HttpContext http)
    {
        http.Response.SetVersion(order.Version);
        return TypedResults.Created($"/api/orders/{order.Id}", order);
    }

    private static Versioned<OrderAnswer> Tagged(OrderAnswer order) => new(order, order.Version);

    private static Task<OrderAnswer?> FindAsync(StorefrontDb db, Guid id, CancellationToken cancellationToken) =>
        db.Orders.AsNoTracking().Where(order => order.Id == id).Select(OrderAnswer.Projection).FirstOrDefaultAsync(cancellationToken);
}
