using System.Data;
using Npgsql;

namespace Roadworthy.Queries.Recording;

/// <summary>The connections that a request has used, so that one which it leaves open can be told.</summary>
internal sealed class OpenConnections
{
    private const int Most = 32;

    private readonly List<Used> _used = new(1);

    public void Add(object command)
    {
        // What a data source makes is of a derived type, refuses to tell its connection, and closes it by itself.
        var (connection, transaction) = command switch
        {
            NpgsqlCommand one when one.GetType() == typeof(NpgsqlCommand) => (one.Connection, one.Transaction),
            NpgsqlBatch batch when batch.GetType() == typeof(NpgsqlBatch) => (batch.Connection, batch.Transaction),
            _ => (null, null),
        };
        if (connection is null) return;
        var used = Find(connection);
        if (used is null && _used.Count < Most) _used.Add(used = new(connection));
        if (used is not null) used.Transaction = transaction ?? used.Transaction;
    }

    // A loop and no lambda: it is done for every statement.
    private Used? Find(NpgsqlConnection connection)
    {
        foreach (var used in _used)
            if (ReferenceEquals(used.Connection, connection)) return used;
        return null;
    }

    /// <summary>Whether one is open at this moment. From now on, one that is closed once is closed for good: another request may have it by then.</summary>
    public bool StillOpen()
    {
        _used.RemoveAll(used => !used.IsOpen);
        foreach (var used in _used) used.Connection.StateChange += used.Changed;
        return _used.Count > 0;
    }

    /// <summary>How many of them have a transaction that is neither committed nor rolled back.</summary>
    public int OpenTransactions() => _used.Count(used => used.HasOpenTransaction());

    /// <summary>How many of them were not closed since.</summary>
    public int NeverClosed()
    {
        foreach (var used in _used) used.Connection.StateChange -= used.Changed;
        return _used.Count(used => !used.WasClosed && used.IsOpen);
    }

    private sealed class Used(NpgsqlConnection connection)
    {
        public NpgsqlConnection Connection { get; } = connection;

        public NpgsqlTransaction? Transaction { get; set; }

        public bool WasClosed { get; private set; }

        public bool IsOpen => Connection.State != ConnectionState.Closed;

        public void Changed(object sender, StateChangeEventArgs change) => WasClosed |= change.CurrentState == ConnectionState.Closed;

        public bool HasOpenTransaction()
        {
            if (Transaction is null) return false;
            try
            {
                // Npgsql says in no other way that a transaction is over.
                _ = Transaction.IsolationLevel;
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }
}
