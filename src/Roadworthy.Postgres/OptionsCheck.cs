using Roadworthy.Postgres.Supervision;

namespace Roadworthy.Postgres;

internal static class OptionsCheck
{
    public static void Require(PostgresServerOptions options)
    {
        if (options.Port is < 1 or > 65535)
            throw new PostgresServerException($"Port is {options.Port}; it must be 1 to 65535, or unset for a free one.");
        if (options.StartTimeout <= TimeSpan.Zero)
            throw new PostgresServerException($"StartTimeout is {options.StartTimeout}; it must be more than zero.");
        if (options.DataDirectory is { } folder && string.IsNullOrWhiteSpace(folder))
            throw new PostgresServerException("DataDirectory is empty. Name a folder, or leave it null for a throwaway cluster.");
        ServerCommandLine.Validate(options.Settings);
    }
}
