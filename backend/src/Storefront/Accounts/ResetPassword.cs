using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Storefront.Accounts.Guessing;
using Storefront.Accounts.Passwords;
using Storefront.Data;
using Storefront.Hosting;
using Storefront.Mail;

namespace Storefront.Accounts;

/// <summary>Sets a new password with the token of a mail. Ends every session, and confirms the address: whoever has the token reads its mail.</summary>
internal static class ResetPassword
{
    public sealed record Request(
        [property: Required, StringLength(MailTokens.TextLength)] string Token,
        [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string New);

    public static void Map(IEndpointRouteBuilder accounts) =>
        accounts.MapPost("/password/reset", Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts).WithName("ResetPassword")
            .WithSummary("Sets a new password with the token of a mail, and ends all sessions.")
            .ProducesProblem(StatusCodes.Status410Gone).ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, StorefrontDb db, MailTokens tokens, IPasswordHasher<User> hasher, PasswordGate gate, NewPassword newPassword, LogInThrottle throttle,
        HttpContext http, CancellationToken cancellationToken)
    {
        if (MailTokens.UserOf(request.Token) is not { } id) return Problems.MailTokenGone();
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        // Before the hash: it costs nothing to send tokens that are none.
        if (user is null || !tokens.IsGood(request.Token, MailKind.ResetPassword, user)) return Problems.MailTokenGone();

        string hash;
        using (var turn = await gate.EnterAsync(cancellationToken))
        {
            if (turn is null) return Problems.TooBusy(http);
            hash = hasher.HashPassword(user, request.New);
        }

        if (!await newPassword.SetFromMailAsync(user, hash, cancellationToken)) return Problems.MailTokenGone();
        // The failures that made somebody ask for the mail are not to delay the log-in that it was for.
        await throttle.SucceedAsync(throttle.Key(user.NormalizedEmail!, http.Connection.RemoteIpAddress), cancellationToken);
        return TypedResults.NoContent();
    }
}
