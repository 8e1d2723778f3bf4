using Npgsql;

namespace Roadworthy.Idempotency;

/// <summary>
/// The transaction of the present request, for handlers that use Npgsql alone. What they write in it is committed together with the key;
/// an answer of 400 or more, or an exception, rolls it back. Scoped.
/// </summary>
public sealed class IdempotentTransaction
{
    private NpgsqlTransaction? _current;

    /// <summary>The transaction. Neither to be committed nor to be rolled back by the handler.</summary>
    /// <exception cref="InvalidOperationException">The endpoint has neither <c>WithIdempotencyKey</c> nor <c>RequireIdempotencyKey</c>, or uses EF Core's context.</exception>
    public NpgsqlTransaction Current => _current ?? throw new InvalidOperationException(
        "There is no transaction: add WithIdempotencyKey() or RequireIdempotencyKey() to the endpoint. With Roadworthy.Idempotency.EntityFrameworkCore the transaction is the context's.");

    /// <summary>The transaction's connection.</summary>
    /// <exception cref="InvalidOperationException">As for <see cref="Current"/>.</exception>
    public NpgsqlConnection Connection => Current.Connection!;

    internal void Set(NpgsqlTransaction? transaction) => _current = transaction;
}
