using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Storefront.Accounts;
using Storefront.Data;
using Storefront.Hosting;
using Storefront.Hosting.Conditional;

namespace Storefront.Products;

/// <summary>The catalogue: everyone reads it, administrators write it.</summary>
internal static class ProductsApi
{
    public sealed record Answer(string Sku, string Name, int PriceCents, int Stock);

    public sealed record NewProduct(
        [property: Required, StringLength(Product.MaxSkuLength), RegularExpression("[A-Za-z0-9][A-Za-z0-9._-]*")] string Sku,
        [property: Required, StringLength(Product.MaxNameLength)] string Name,
        [property: Range(0, Product.MaxPriceCents)] int PriceCents,
        [property: Range(0, Product.MaxStock)] int Stock);

    /// <summary>What is left out, or null, stays as it is.</summary>
    public sealed record Change(
        [property: StringLength(Product.MaxNameLength, MinimumLength = 1), RegularExpression(@"(?s).*\S.*")] string? Name = null,
        [property: Range(0, Product.MaxPriceCents)] int? PriceCents = null,
        [property: Range(0, Product.MaxStock)] int? Stock = null);

    public static void MapProducts(this IEndpointRouteBuilder api)
    {
        var products = api.MapGroup("/products").WithTags("Products");
        products.MapGet("", List).WithQueryBudget(1 + QueryBudgets.Session).CountReturnedItems().AllowAnonymous().WithName("ListProducts").WithSummary("The catalogue, by keyset pages.");
        products.MapPost("", Create).WithQueryBudget(1 + QueryBudgets.Session).RequireAuthorization(AccountsApi.AdminPolicy).WithName("CreateProduct")
            .WithSummary("Adds a product.").ProducesProblem(StatusCodes.Status409Conflict);
        products.MapGet("/{sku}", Get).WithQueryBudget(1 + QueryBudgets.Session).AllowAnonymous().WithName("GetProduct").WithSummary("One product.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        products.MapPatch("/{sku}", Patch).WithQueryBudget(2 + QueryBudgets.Session).RequireAuthorization(AccountsApi.AdminPolicy).WithName("ChangeProduct")
            .WithSummary("Changes name, price or stock of the version that was read.").ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
    }

    private static async Task<Page<Answer>> List(
        StorefrontDb db, CancellationToken cancellationToken, Cursor? after = null, [Range(1, 500)] int limit = 50)
    {
        var from = after?.Id ?? Guid.Empty;
        var rows = await db.Products.AsNoTracking().Where(product => product.Id > from).OrderBy(product => product.Id).Take(limit + 1)
            .ToListAsync(cancellationToken);
        var page = Page.From(rows, limit, product => product.Id);
        return new([.. page.Items.Select(From)], page.Next);
    }

    private static async Task<Results<Created<Answer>, ProblemHttpResult>> Create(
        NewProduct request, StorefrontDb db, HttpContext http, CancellationToken cancellationToken)
    {
        var product = new Product { Sku = request.Sku, Name = request.Name, PriceCents = request.PriceCents, Stock = request.Stock };
        db.Products.Add(product);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // A retry after a lost answer collides with the row of the first try: then it is ours.
            if (!await db.Products.AnyAsync(p => p.Id == product.Id, cancellationToken)) return Problems.SkuTaken(request.Sku);
        }

        // 1 also where a retry found the row of the first try.
        http.Response.SetVersion(Math.Max(1, product.Version));
        return TypedResults.Created($"/api/products/{product.Sku}", From(product));
    }

    private static async Task<Results<Versioned<Answer>, ProblemHttpResult>> Get(
        [StringLength(Product.MaxSkuLength)] string sku, StorefrontDb db, CancellationToken cancellationToken) =>
        await db.Products.AsNoTracking().FirstOrDefaultAsync(product => product.Sku == sku, cancellationToken) is { } product
            ? Tagged(product)
            : Problems.NotFound("product");

    private static async Task<Results<Versioned<Answer>, ProblemHttpResult>> Patch(
        [StringLength(Product.MaxSkuLength)] string sku, Change change, StorefrontDb db, CancellationToken cancellationToken,
        [FromHeader(Name = IfMatch.Header)] IfMatch? ifMatch = null)
    {
        if (ifMatch is null) return Problems.VersionRequired("product");
        // The condition, the change and the answer are one statement.
        var changed = await db.Products.FromSql(
            $"""
            UPDATE products SET name = coalesce({change.Name}, name), price_cents = coalesce({change.PriceCents}, price_cents), stock = coalesce({change.Stock}, stock)
            WHERE sku = {sku} AND ({ifMatch.Any} OR version = ANY ({ifMatch.Versions}))
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        if (changed is [var product]) return Tagged(product);
        return await db.Products.AnyAsync(product => product.Sku == sku, cancellationToken) ? Problems.Stale("product") : Problems.NotFound("product");
    }

    private static Versioned<Answer> Tagged(Product product) => new(From(product), product.Version);

    private static Answer From(Product product) => new(product.Sku, product.Name, product.PriceCents, product.Stock);
}
