using System.Security.Claims;
using System.Text.Json.Serialization;
using FirstDraft.Data;
using FirstDraft.Endpoints;
using FirstDraft.Models;
using FirstDraft.Services;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FirstDraft.Tickets;

public record NewTicketRequest(
    string Reference,
    string Subject,
    [property: JsonConverter(typeof(LenientInt32))] int Priority,
    [property: JsonConverter(typeof(LenientBoolean))] bool Urgent = false);

public record TicketResponse(Guid Id, string Reference, string Subject, int Priority, bool Urgent, DateTime CreatedAt)
{
    public static TicketResponse From(Ticket ticket) =>
        new(ticket.Id, ticket.Reference, ticket.Subject, ticket.Priority, ticket.Urgent, ticket.CreatedAt);
}

public static class TicketEndpoints
{
    public static void MapTicketEndpoints(this RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").RequireAuthorization();
        tickets.MapGet("", List).Produces<PageResponse<TicketResponse>>().Produces<ErrorResponse>(400);
        tickets.MapPost("", Create).Produces<TicketResponse>(201).Produces<ErrorResponse>(400).Produces<ErrorResponse>(409);
        tickets.MapGet("/{id:guid}", Get).Produces<TicketResponse>().Produces<ErrorResponse>(404);
    }

    private static async Task<IResult> List(ClaimsPrincipal principal, AppDbContext db, string? page = null, string? limit = null)
    {
        var bounds = BoundedPage.Read(page, limit);
        var userId = principal.GetUserId();
        var tickets = await db.Tickets.AsNoTracking().Where(ticket => ticket.UserId == userId)
            .OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)
            .Skip(bounds.Offset).Take(bounds.Limit).ToListAsync();
        return Results.Ok(new PageResponse<TicketResponse>(tickets.Select(TicketResponse.From).ToList(), bounds.Page, bounds.Limit));
    }

    private static async Task<IResult> Create(NewTicketRequest request, ClaimsPrincipal principal, AppDbContext db)
    {
        var ticket = new Ticket
        {
            UserId = principal.GetUserId(),
            Reference = Text.Require(request.Reference, "reference", 40),
            Subject = Text.Require(request.Subject, "subject", 200),
            Priority = request.Priority is >= 1 and <= 5 ? request.Priority : throw new ApiException(400, "priority has to be from 1 to 5"),
            Urgent = request.Urgent,
        };
        db.Tickets.Add(ticket);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException ex) when (ex.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ApiException(409, $"You have a ticket {ticket.Reference} already");
        }

        return Results.Created($"/api/tickets/{ticket.Id}", TicketResponse.From(ticket));
    }

    private static async Task<IResult> Get(Guid id, ClaimsPrincipal principal, AppDbContext db)
    {
        var userId = principal.GetUserId();
        var ticket = await db.Tickets.AsNoTracking().FirstOrDefaultAsync(candidate => candidate.Id == id && candidate.UserId == userId);
        return ticket is null ? Results.NotFound(new ErrorResponse("Ticket not found")) : Results.Ok(TicketResponse.From(ticket));
    }
}
