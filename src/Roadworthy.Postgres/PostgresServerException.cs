namespace Roadworthy.Postgres;

/// <summary>
/// A PostgreSQL server could not be found, fetched, initialised, started or stopped. The message says what failed, for which
/// folder, port or file, what to do about it, and ends with the last lines of the server's log where there are any.
/// </summary>
public sealed class PostgresServerException : Exception
{
    /// <summary>Creates the exception with a message of its own.</summary>
    public PostgresServerException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with a message and what caused it.</summary>
    public PostgresServerException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without particulars.</summary>
    public PostgresServerException() : base("PostgreSQL could not be started.")
    {
    }
}
