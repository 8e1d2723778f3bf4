using System.Security.Claims;
using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.Endpoints;

public static class OrderEndpoints
{
    public static void MapOrderEndpoints(this RouteGroupBuilder api)
    {
        var orders = api.MapGroup("/orders").RequireAuthorization();
        orders.MapPost("", Create).Produces<OrderResponse>(201).ProducesValidationProblem().Produces<ErrorResponse>(409);
        orders.MapGet("", List).Produces<PageResponse<OrderResponse>>();
        orders.MapGet("/{id:guid}", Get).Produces<OrderResponse>().Produces<ErrorResponse>(404);
        orders.MapPost("/{id:guid}/cancel", Cancel).Produces<OrderResponse>().Produces<ErrorResponse>(404).Produces<ErrorResponse>(409);
    }

    private static async Task<IResult> Create(NewOrderRequest request, ClaimsPrincipal principal, OrderService orders, FailureLog failures)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        return await Handle("POST /api/orders", failures, async () =>
        {
            var order = await orders.CreateAsync(principal.GetUserId(), request);
            return Results.Created($"/api/orders/{order.Id}", OrderResponse.From(order));
        });
    }

    private static Task<IResult> List(ClaimsPrincipal principal, OrderService orders, FailureLog failures, int page = 1, int limit = 20) =>
        Handle("GET /api/orders", failures, async () =>
        {
            limit = Math.Min(limit, 100);
            var items = await orders.ListAsync(principal.GetUserId(), page, limit);
            return Results.Ok(new PageResponse<OrderResponse>(items.Select(OrderResponse.From).ToList(), page, limit));
        });

    private static Task<IResult> Get(Guid id, OrderService orders, FailureLog failures) =>
        Handle("GET /api/orders/{id}", failures, async () =>
        {
            var order = await orders.GetAsync(id);
            return order is null ? Results.NotFound(new ErrorResponse("Order not found")) : Results.Ok(OrderResponse.From(order));
        });

    private static Task<IResult> Cancel(Guid id, ClaimsPrincipal principal, OrderService orders, FailureLog failures) =>
        Handle("POST /api/orders/{id}/cancel", failures, async () =>
            Results.Ok(OrderResponse.From(await orders.CancelAsync(id, principal.GetUserId()))));

    private static async Task<IResult> Handle(string source, FailureLog failures, Func<Task<IResult>> action)
    {
        try
        {
            return await action();
        }
        catch (ApiException ex)
        {
            return Results.Json(new ErrorResponse(ex.Message), statusCode: ex.StatusCode);
        }
        catch (Exception ex)
        {
            await failures.RecordAsync(source, ex);
            return Results.Json(new ErrorResponse("Something went wrong"), statusCode: 500);
        }
    }
}
