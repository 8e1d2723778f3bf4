using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Hosting;
using Storefront.Hosting.Conditional;

namespace Storefront.Accounts;

internal static class Me
{
    public sealed record Answer(Guid Id, string Email, bool EmailConfirmed, string Name, int Age, bool Admin, DateTimeOffset CreatedAt);

    /// <summary>What is left out, or null, stays as it is.</summary>
    public sealed record Change(
        [property: StringLength(User.MaxNameLength, MinimumLength = 1), RegularExpression(@"(?s).*\S.*")] string? Name = null,
        [property: Range(1, 150)] int? Age = null);

    public static void Map(IEndpointRouteBuilder accounts)
    {
        accounts.MapGet("/me", Get).WithQueryBudget(1 + QueryBudgets.Session).RequireAuthorization().WithName("Me").WithSummary("One's own account.");
        accounts.MapPatch("/me", Patch).WithQueryBudget(2 + QueryBudgets.Session).RequireAuthorization().WithName("ChangeMe").WithSummary("Changes one's own name or age, of the version that was read.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
    }

    // A token outlives its account by minutes at most: then it is worth nothing.
    private static async Task<Results<Versioned<Answer>, ProblemHttpResult>> Get(StorefrontDb db, IOwner me, CancellationToken cancellationToken) =>
        await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == me.Id, cancellationToken) is { } user
            ? Tagged(user)
            : Problems.AccountGone();

    private static async Task<Results<Versioned<Answer>, ProblemHttpResult>> Patch(
        Change change, StorefrontDb db, IOwner me, CancellationToken cancellationToken, [FromHeader(Name = IfMatch.Header)] IfMatch? ifMatch = null)
    {
        if (ifMatch is null) return Problems.VersionRequired("account");
        // The condition, the change and the answer are one statement.
        var changed = await db.Users.FromSql(
            $"""
            UPDATE users SET name = coalesce({change.Name}, name), age = coalesce({change.Age}, age)
            WHERE id = {me.Id} AND ({ifMatch.Any} OR version = ANY ({ifMatch.Versions}))
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        if (changed is [var user]) return Tagged(user);
        return await db.Users.AnyAsync(row => row.Id == me.Id, cancellationToken) ? Problems.Stale("account") : Problems.AccountGone();
    }

    private static Versioned<Answer> Tagged(User user) => new(From(user), user.Version);

    private static Answer From(User user) => new(user.Id, user.Email!, user.EmailConfirmed, user.Name, user.Age, user.IsAdmin, user.CreatedAt);
}
