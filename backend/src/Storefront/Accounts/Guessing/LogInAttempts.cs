using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Storefront.Accounts.Guessing;

/// <summary>Failed log-ins in a row of one account from one network, shared by all instances.</summary>
internal sealed class LogInAttempts
{
    /// <summary>HMAC-SHA-256 of the normalized address and the network, under a key from the root key: the table shows nobody's address.</summary>
    public required byte[] Key { get; init; }

    public required int Failures { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Until then every attempt is refused unread.</summary>
    public required DateTimeOffset BlockedUntil { get; init; }
}

internal sealed class LogInAttemptsTable : IEntityTypeConfiguration<LogInAttempts>
{
    public void Configure(EntityTypeBuilder<LogInAttempts> attempts)
    {
        attempts.ToTable("log_in_attempts");
        attempts.HasKey(a => a.Key);
        attempts.HasIndex(a => a.LastAt);
    }
}
