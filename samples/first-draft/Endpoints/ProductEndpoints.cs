using System.Security.Claims;
using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.Endpoints;

public static class ProductEndpoints
{
    public static void MapProductEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/products", List).Produces<PageResponse<ProductResponse>>();
        api.MapPost("/products", Create).RequireAuthorization(CurrentUser.AdminPolicy).Produces<ProductResponse>(201).ProducesValidationProblem();
        api.MapGet("/products/{sku}", Get).Produces<ProductResponse>().Produces<ErrorResponse>(404);
        api.MapPatch("/products/{sku}", Update).RequireAuthorization(CurrentUser.AdminPolicy)
            .Produces<ProductResponse>().ProducesValidationProblem().Produces<ErrorResponse>(404);
        api.MapGet("/products/{sku}/reviews", ListReviews).Produces<ReviewListResponse>().Produces<ErrorResponse>(404);
        api.MapPost("/products/{sku}/reviews", CreateReview).RequireAuthorization()
            .Produces<ReviewResponse>(201).ProducesValidationProblem().Produces<ErrorResponse>(404);
    }

    private static async Task<IResult> List(ProductService products, int page = 1, int limit = 20)
    {
        limit = Math.Min(limit, 100);
        var items = await products.ListAsync(page, limit);
        return Results.Ok(new PageResponse<ProductResponse>(items.Select(ProductResponse.From).ToList(), page, limit));
    }

    private static async Task<IResult> Create(NewProductRequest request, ProductService products)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        var product = await products.CreateAsync(request);
        return Results.Created($"/api/products/{Uri.EscapeDataString(product.Sku)}", ProductResponse.From(product));
    }

    private static async Task<IResult> Get(string sku, ProductService products)
    {
        var product = await products.ViewAsync(sku);
        return product is null ? NotFound() : Results.Ok(ProductResponse.From(product));
    }

    private static async Task<IResult> Update(string sku, UpdateProductRequest request, ProductService products)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        var product = await products.UpdateAsync(sku, request);
        return product is null ? NotFound() : Results.Ok(ProductResponse.From(product));
    }

    private static async Task<IResult> ListReviews(string sku, ProductService products, ReviewService reviews)
    {
        var product = await products.FindBySkuAsync(sku);
        return product is null ? NotFound() : Results.Ok(await reviews.ListAsync(product.Id));
    }

    private static async Task<IResult> CreateReview(
        string sku, NewReviewRequest request, ClaimsPrincipal principal, ProductService products, ReviewService reviews)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        var product = await products.FindBySkuAsync(sku);
        if (product is null) return NotFound();
        var review = await reviews.CreateAsync(product.Id, principal.GetUserId(), request);
        return Results.Created($"/api/products/{Uri.EscapeDataString(sku)}/reviews", ReviewResponse.From(review));
    }

    private static IResult NotFound() => Results.NotFound(new ErrorResponse("Product not found"));
}
