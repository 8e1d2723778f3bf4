using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Storefront.Hosting;

/// <summary>A start that can't be, for the person at the terminal.</summary>
internal static class StartFailure
{
    public const int ExitCode = 2;

    /// <returns>What to do about it; null for a fault of our own, whose stack is wanted.</returns>
    public static string? Explain(Exception error) => error switch
    {
        InvalidOperationException { Source: "Storefront" or "Roadworthy.Sessions" } => error.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        IOException { InnerException: AddressInUseException } => $"{error.Message} Choose another address: --urls http://127.0.0.1:5999",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing =>
            $"{missing.MessageText}. Create it, owned by the role of the connection string, and start again.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"PostgreSQL refuses the role of ConnectionStrings__Storefront: {refused.MessageText}. Mend its name or password.",
        // A statement failed, in a migration most likely: its text and the stack are wanted.
        PostgresException => null,
        NpgsqlException unreachable => $"The database that ConnectionStrings__Storefront names can't be reached: {unreachable.Message}. See that it runs, and that host and port are right.",
        _ => null,
    };
}
