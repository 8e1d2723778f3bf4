using System.Net.Sockets;
using Npgsql;

namespace FirstDraft.Mended.Http;

public static class Failures
{
    /// <summary>Whether the database is down, overloaded or busy for too long, so that the same request may succeed later.</summary>
    public static bool IsUnavailable(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            switch (exception)
            {
                case PostgresException postgres:
                    return postgres.IsTransient || postgres.SqlState is PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable
                        || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal) || postgres.SqlState.StartsWith("53", StringComparison.Ordinal)
                        || postgres.SqlState.StartsWith("08", StringComparison.Ordinal);
                case SocketException or TimeoutException or NpgsqlException { IsTransient: true }:
                    return true;
            }
        }

        return false;
    }
}
