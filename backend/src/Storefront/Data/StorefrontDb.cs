using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Storefront.Accounts;
using Storefront.Accounts.Guessing;
using Storefront.Mail;
using Storefront.Orders;
using Storefront.Products;

namespace Storefront.Data;

/// <summary>The schema, and the owner whose rows a query sees.</summary>
public sealed class StorefrontDb(DbContextOptions<StorefrontDb> options, IOwner owner) : IdentityUserContext<User, Guid>(options)
{
    /// <summary>The user whose rows the owner filter lets through.</summary>
    public Guid OwnerId { get; } = owner.Id;

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Order> Orders => Set<Order>();

    internal DbSet<OwedMail> OwedMails => Set<OwedMail>();

    internal DbSet<LogInAttempts> LogInAttempts => Set<LogInAttempts>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Accounts are an address and a password: no external log-ins, stored claims or provider tokens.
        builder.Ignore<IdentityUserClaim<Guid>>();
        builder.Ignore<IdentityUserLogin<Guid>>();
        builder.Ignore<IdentityUserToken<Guid>>();
        builder.ApplyConfigurationsFromAssembly(typeof(StorefrontDb).Assembly);
        Ownership.Apply(builder, this);
        Versioning.Apply(builder);
    }
}
