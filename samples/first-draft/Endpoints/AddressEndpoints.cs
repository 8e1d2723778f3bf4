using System.Security.Claims;
using FirstDraft.Data;
using FirstDraft.Models;
using FirstDraft.Services;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Endpoints;

public static class AddressEndpoints
{
    public static void MapAddressEndpoints(this RouteGroupBuilder api)
    {
        var addresses = api.MapGroup("/addresses").RequireAuthorization();
        addresses.MapGet("", List).Produces<PageResponse<AddressResponse>>();
        addresses.MapPost("", Create).Produces<AddressResponse>(201).ProducesValidationProblem().Produces<ErrorResponse>(400);
        addresses.MapPatch("/{id:guid}", Update).Produces<AddressResponse>().ProducesValidationProblem().Produces<ErrorResponse>(404);
    }

    private static async Task<IResult> List(ClaimsPrincipal principal, AppDbContext db, int page = 1, int limit = 20)
    {
        limit = Math.Min(limit, 100);
        var userId = principal.GetUserId();
        var addresses = await db.Addresses.AsNoTracking().Where(address => address.UserId == userId)
            .OrderBy(address => address.CreatedAt).ThenBy(address => address.Id)
            .Skip((page - 1) * limit).Take(limit).ToListAsync();
        return Results.Ok(new PageResponse<AddressResponse>(addresses.Select(AddressResponse.From).ToList(), page, limit));
    }

    private static async Task<IResult> Create(NewAddressRequest request, ClaimsPrincipal principal, AppDbContext db)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        try
        {
            var address = new Address
            {
                UserId = principal.GetUserId(),
                Street = request.Street,
                City = request.City,
                Floor = request.Floor,
                IsDefault = request.IsDefault,
            };
            db.Addresses.Add(address);
            await db.SaveChangesAsync();
            return Results.Created($"/api/addresses/{address.Id}", AddressResponse.From(address));
        }
        catch (Exception ex)
        {
            return Results.BadRequest(new ErrorResponse(ex.GetBaseException().Message));
        }
    }

    private static async Task<IResult> Update(Guid id, UpdateAddressRequest request, ClaimsPrincipal principal, AppDbContext db)
    {
        var errors = Validators.Validate(request);
        if (errors.Count > 0) return Results.ValidationProblem(errors);
        try
        {
            var userId = principal.GetUserId();
            var address = await db.Addresses.FirstOrDefaultAsync(candidate => candidate.Id == id && candidate.UserId == userId);
            if (address is null) return Results.NotFound(new ErrorResponse("Address not found"));
            address.Street = request.Street ?? address.Street;
            address.City = request.City ?? address.City;
            address.Floor = request.Floor ?? address.Floor;
            address.IsDefault = request.IsDefault ?? address.IsDefault;
            await db.SaveChangesAsync();
            return Results.Ok(AddressResponse.From(address));
        }
        catch (Exception ex)
        {
            return Results.BadRequest(new ErrorResponse(ex.GetBaseException().Message));
        }
    }
}
