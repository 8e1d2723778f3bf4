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
        InvalidOperationException { Source: "Storefront" } => error.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        IOException { InnerException: AddressInUseException } => $"{error.Message} Choose another address: --urls http://127.0.0.1:5999",
        NpgsqlException unreachable => $"The database that ConnectionStrings__Storefront names can't be used: {unreachable.Message}",
        _ => null,
    };
}
