using Storefront.Mail;

namespace Storefront.Hosting;

/// <summary>What the backend logs, with its ids.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1003, LogLevel.Information, "Applying {Count} migrations up to {Last}")]
    public static partial void Migrating(this ILogger logger, int count, string last);

    [LoggerMessage(1004, LogLevel.Information, "The database is migrated")]
    public static partial void Migrated(this ILogger logger);

    [LoggerMessage(1007, LogLevel.Information, "The database is up to date: nothing to migrate")]
    public static partial void NothingToMigrate(this ILogger logger);

    [LoggerMessage(1006, LogLevel.Information, "{Method} {Path} {Status} in {Milliseconds:0.0} ms")]
    public static partial void RequestAnswered(this ILogger logger, string method, string path, int status, double milliseconds);

    [LoggerMessage(1010, LogLevel.Information, "A {Kind} mail to user {User} was sent at attempt {Attempt}")]
    public static partial void MailSent(this ILogger logger, MailKind kind, Guid user, int attempt);

    [LoggerMessage(1011, LogLevel.Warning, "A {Kind} mail to user {User} could not be sent at attempt {Attempt}, and is tried again: {Reason}")]
    public static partial void MailDelayed(this ILogger logger, MailKind kind, Guid user, int attempt, string reason);

    [LoggerMessage(1012, LogLevel.Error, "A {Kind} mail to user {User} was given up after {Attempts} attempts: {Reason}")]
    public static partial void MailGivenUp(this ILogger logger, MailKind kind, Guid user, int attempts, string reason);

    [LoggerMessage(1013, LogLevel.Warning, "A {Kind} mail to user {User} is refused for good: {Reason}")]
    public static partial void MailRefused(this ILogger logger, MailKind kind, Guid user, string reason);

    [LoggerMessage(1014, LogLevel.Warning, "The mails that are owed could not be worked on")]
    public static partial void MailStuck(this ILogger logger, Exception error);

    [LoggerMessage(1015, LogLevel.Warning, "No mail is sent: neither Storefront:Mail:Host nor Storefront:Mail:Folder is set. Nobody can choose a new password or confirm an address")]
    public static partial void NoMail(this ILogger logger);

    [LoggerMessage(1016, LogLevel.Information, "Metrics and health are served on {Addresses}")]
    public static partial void ManagementServed(this ILogger logger, string addresses);

    [LoggerMessage(1005, LogLevel.Warning, "Old log-in attempts could not be purged")]
    public static partial void PurgeFailed(this ILogger logger, Exception error);
}
