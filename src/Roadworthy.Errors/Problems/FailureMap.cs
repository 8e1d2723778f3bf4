using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Roadworthy.Errors.Problems;

/// <summary>Finds the answer to an exception by walking its causes, so that wrappers such as DbUpdateException need no mention.</summary>
internal static class FailureMap
{
    private const int MostLinks = 64;

    public static Problem Find(Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return KnownProblems.OfStatus(bad.StatusCode is >= 400 and < 600 ? bad.StatusCode : 400);
        }

        foreach (var cause in Causes(exception))
        {
            if (cause is PostgresException postgres)
            {
                return PostgresProblems.Find(postgres.SqlState) ?? KnownProblems.Unexpected;
            }

            if (cause is NpgsqlException driver && IsOutage(driver))
            {
                return KnownProblems.Unavailable;
            }
        }

        return KnownProblems.Unexpected;
    }

    /// <summary>The exception and its causes, the outermost first; of an AggregateException all children.</summary>
    public static IEnumerable<Exception> Causes(Exception exception)
    {
        var waiting = new Queue<Exception>([exception]);
        for (var links = 0; links < MostLinks && waiting.TryDequeue(out var next); links++)
        {
            yield return next;
            if (next is AggregateException several)
            {
                foreach (var child in several.InnerExceptions)
                {
                    waiting.Enqueue(child);
                }
            }
            else if (next.InnerException is { } inner)
            {
                waiting.Enqueue(inner);
            }
        }
    }

    // Refused or broken connections, a pool without a free one, an answer that did not come.
    private static bool IsOutage(NpgsqlException driver) =>
        !Causes(driver).OfType<PostgresException>().Any()
        && (driver.IsTransient || Causes(driver).Any(c => c is SocketException or IOException or TimeoutException));
}
