using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Roadworthy.Input;
using Storefront.Hosting;
using Storefront.Mail;

namespace Storefront.Accounts;

/// <summary>Asks for a mail to choose a new password with.</summary>
internal static class ForgotPassword
{
    public sealed record Request([property: Trimmed, Required, EmailAddress, StringLength(User.MaxEmailLength)] string Email);

    public static void Map(IEndpointRouteBuilder accounts) =>
        accounts.MapPost("/password/forgot", Handle).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts).WithName("ForgotPassword")
            .WithSummary("Has a mail sent to choose a new password with. Answers alike, whether the address has an account or not.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        Request request, Outbox outbox, ILookupNormalizer normalizer, CancellationToken cancellationToken)
    {
        if (!outbox.IsOpen) return Problems.NoMail();
        await outbox.OweResetAsync(normalizer.NormalizeEmail(request.Email)!, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }
}
