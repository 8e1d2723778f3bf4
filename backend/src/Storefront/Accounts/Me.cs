using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Hosting;

namespace Storefront.Accounts;

internal static class Me
{
    public sealed record Answer(Guid Id, string Email, string Name, int Age, bool Admin, DateTimeOffset CreatedAt);

    /// <summary>What is left out, or null, stays as it is.</summary>
    public sealed record Change(
        [property: StringLength(User.MaxNameLength, MinimumLength = 1), RegularExpression(@"(?s).*\S.*")] string? Name = null,
        [property: Range(1, 150)] int? Age = null);

    public static void Map(IEndpointRouteBuilder accounts)
    {
        accounts.MapGet("/me", Get).RequireAuthorization().WithName("Me").WithSummary("One's own account.");
        accounts.MapPatch("/me", Patch).RequireAuthorization().WithName("ChangeMe").WithSummary("Changes one's own name or age.");
    }

    // A token outlives its account by minutes at most: then it is worth nothing.
    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> Get(StorefrontDb db, IOwner me, CancellationToken cancellationToken) =>
        await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == me.Id, cancellationToken) is { } user
            ? TypedResults.Ok(From(user))
            : Problems.AccountGone();

    private static async Task<Results<Ok<Answer>, ProblemHttpResult>> Patch(
        Change change, StorefrontDb db, IOwner me, CancellationToken cancellationToken)
    {
        var changed = await db.Users.Where(user => user.Id == me.Id).ExecuteUpdateAsync(
            set => set.SetProperty(user => user.Name, user => change.Name ?? user.Name).SetProperty(user => user.Age, user => change.Age ?? user.Age),
            cancellationToken);
        return changed == 1 ? await Get(db, me, cancellationToken) : Problems.AccountGone();
    }

    private static Answer From(User user) => new(user.Id, user.Email!, user.Name, user.Age, user.IsAdmin, user.CreatedAt);
}
