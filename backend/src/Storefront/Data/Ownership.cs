using Microsoft.EntityFrameworkCore;

namespace Storefront.Data;

/// <summary>A row that belongs to one user and is nobody else's business.</summary>
public interface IOwned
{
    Guid UserId { get; }
}

/// <summary>Whose rows a <see cref="StorefrontDb"/> shows.</summary>
public interface IOwner
{
    Guid Id { get; }
}

/// <summary>Nobody: every owned table looks empty. What migrations and background work get.</summary>
internal sealed class Nobody : IOwner
{
    public Guid Id => Guid.Empty;
}

/// <summary>
/// The one place where owner scoping happens. A query that forgets about owners finds its own user's rows or none; to see
/// more, code has to say so with <c>IgnoreQueryFilters([Ownership.Filter])</c>, which a reviewer can search for.
/// </summary>
internal static class Ownership
{
    public const string Filter = "owner";

    public static void Apply(ModelBuilder model, StorefrontDb db)
    {
        foreach (var type in model.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(typeof(IOwned).IsAssignableFrom).ToList())
            ApplyTo.MakeGenericMethod(type).Invoke(null, [model, db]);
    }

    private static readonly System.Reflection.MethodInfo ApplyTo =
        typeof(Ownership).GetMethod(nameof(Scope), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;

    private static void Scope<T>(ModelBuilder model, StorefrontDb db)
        where T : class, IOwned =>
        model.Entity<T>().HasQueryFilter(Filter, row => row.UserId == db.OwnerId);
}
