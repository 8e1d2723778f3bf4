using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Hosting;
using Storefront.Mail;

namespace Storefront.Accounts;

/// <summary>Confirms with the token of a mail that an address is its account's. Nobody is signed in or out by it.</summary>
internal static class ConfirmEmail
{
    public sealed record Request([property: Required, StringLength(MailTokens.TextLength)] string Token);

    public static void Map(IEndpointRouteBuilder accounts)
    {
        accounts.MapPost("/email/confirm", Confirm).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts).WithName("ConfirmEmail")
            .WithSummary("Confirms an address with the token of a mail. May be repeated.")
            .ProducesProblem(StatusCodes.Status410Gone).ProducesProblem(StatusCodes.Status429TooManyRequests);
        accounts.MapPost("/email/confirmation", SendAgain).RequireAuthorization().RequireRateLimiting(RateLimits.Accounts).WithName("SendConfirmation")
            .WithSummary("Has the mail that confirms one's own address sent again.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Confirm(Request request, StorefrontDb db, MailTokens tokens, CancellationToken cancellationToken)
    {
        if (MailTokens.UserOf(request.Token) is not { } id) return Problems.MailTokenGone();
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (user is null || !tokens.IsGood(request.Token, MailKind.ConfirmEmail, user)) return Problems.MailTokenGone();
        // Of the address that the token was sent to: it may have changed since it was read.
        await db.Users.Where(row => row.Id == id && row.NormalizedEmail == user.NormalizedEmail && !row.EmailConfirmed)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EmailConfirmed, true), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> SendAgain(Outbox outbox, IOwner me, CancellationToken cancellationToken)
    {
        if (!outbox.IsOpen) return Problems.NoMail();
        await outbox.OweConfirmationAsync(me.Id, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }
}
