using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Accounts;

internal sealed class UserTable : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.ToTable("users", table => table.HasCheckConstraint("ck_users_age", "age BETWEEN 1 AND 150"));
        user.Property(u => u.Id).ValueGeneratedNever();
        user.Property(u => u.Email).HasMaxLength(User.MaxEmailLength).IsRequired();
        user.Property(u => u.NormalizedEmail).HasMaxLength(User.MaxEmailLength).IsRequired();
        user.Property(u => u.Name).HasMaxLength(User.MaxNameLength);
        user.Property(u => u.CreatedAt).HasDefaultValueSql("now()");
        user.HasIndex(u => u.NormalizedEmail).HasDatabaseName("ix_users_normalized_email").IsUnique();

        // The address is the name one signs in with; delays in place of lock-outs, which would be a weapon against others.
        user.Ignore(u => u.UserName).Ignore(u => u.NormalizedUserName);
        user.Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed).Ignore(u => u.TwoFactorEnabled);
        user.Ignore(u => u.LockoutEnabled).Ignore(u => u.LockoutEnd).Ignore(u => u.AccessFailedCount);
    }
}
