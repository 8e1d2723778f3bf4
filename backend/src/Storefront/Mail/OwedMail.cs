using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Accounts;

namespace Storefront.Mail;

/// <summary>What a mail is for. Stored, and part of what its token is bound to: numbers are never given anew.</summary>
internal enum MailKind
{
    ConfirmEmail = 1,
    ResetPassword = 2,
}

/// <summary>
/// A mail that somebody is owed, or was sent not long ago. Holds neither its text nor its token: those are made when it is sent, so that a dump of
/// the database opens no account.
/// </summary>
internal sealed class OwedMail
{
    /// <summary>HMAC-SHA-256 of what requests are counted by: the kind and the address, or the account. The table shows nobody's address.</summary>
    public required byte[] Key { get; init; }

    public required MailKind Kind { get; init; }

    /// <summary>No owner, who would be shown the row: nobody is. Null where the address has no account: the row is written all the same, and nothing is sent.</summary>
    public required Guid? RecipientId { get; init; }

    /// <summary>Requests in a row that a mail was owed for.</summary>
    public required int Requests { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it is tried (again); null when there is nothing more to do.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    public required int Attempts { get; init; }
}

internal sealed class OwedMailTable : IEntityTypeConfiguration<OwedMail>
{
    public void Configure(EntityTypeBuilder<OwedMail> mail)
    {
        mail.ToTable("owed_mails");
        mail.HasKey(m => m.Key);
        mail.Property(m => m.Kind).HasConversion<short>();
        mail.HasOne<User>().WithMany().HasForeignKey(m => m.RecipientId).OnDelete(DeleteBehavior.Cascade);
        mail.HasIndex(m => m.DueAt).HasFilter("due_at IS NOT NULL");
    }
}
