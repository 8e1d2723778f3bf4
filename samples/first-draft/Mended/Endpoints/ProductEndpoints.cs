using System.Security.Claims;
using FirstDraft.Endpoints;
using FirstDraft.Mended.Services;
using FirstDraft.Models;
using FirstDraft.Tickets;

namespace FirstDraft.Mended.Endpoints;

public static class ProductEndpoints
{
    public static void MapProducts(this RouteGroupBuilder api)
    {
        var products = api.MapGroup("/products");
        products.MapGet("", async (ProductService service, string? page = null, string? limit = null) =>
        {
            var bounds = BoundedPage.Read(page, limit);
            var items = await service.ListAsync(bounds);
            return new PageResponse<ProductResponse>(items.Select(ProductResponse.From).ToList(), bounds.Page, bounds.Limit);
        }).Produces<ErrorResponse>(400);

        products.MapPost("", async (NewProductRequest request, ProductService service) =>
        {
            Requests.Check(request);
            var product = await service.CreateAsync(request);
            return Results.Created($"/api/products/{Uri.EscapeDataString(product.Sku)}", ProductResponse.From(product));
        }).RequireAuthorization(CurrentUser.AdminPolicy).Produces<ProductResponse>(201).Produces<ErrorResponse>(400).Produces<ErrorResponse>(409);

        products.MapGet("/{sku}", async (string sku, ProductService service) => ProductResponse.From(await service.GetAsync(sku))).Produces<ErrorResponse>(404);

        products.MapPatch("/{sku}", async (string sku, UpdateProductRequest request, ProductService service) =>
        {
            Requests.Check(request);
            return ProductResponse.From(await service.UpdateAsync(sku, request));
        }).RequireAuthorization(CurrentUser.AdminPolicy).Produces<ErrorResponse>(400).Produces<ErrorResponse>(404);

        products.MapGet("/{sku}/reviews", async (string sku, ProductService service, ReviewService reviews, string? page = null, string? limit = null) =>
        {
            var bounds = BoundedPage.Read(page, limit);
            return await reviews.ListAsync((await service.GetAsync(sku)).Id, bounds);
        }).Produces<ErrorResponse>(400).Produces<ErrorResponse>(404);

        products.MapPost("/{sku}/reviews", async (string sku, NewReviewRequest request, ClaimsPrincipal principal, ProductService service, ReviewService reviews) =>
        {
            Requests.Check(request);
            var product = await service.GetAsync(sku);
            var review = await reviews.CreateAsync(product.Id, principal.GetUserId(), request);
            return Results.Created($"/api/products/{Uri.EscapeDataString(sku)}/reviews", ReviewResponse.From(review));
        }).RequireAuthorization().Produces<ReviewResponse>(201).Produces<ErrorResponse>(400).Produces<ErrorResponse>(404);
    }
}
