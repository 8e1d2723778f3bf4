using System.Diagnostics;
using Npgsql;
using Roadworthy.Queries.Places;
using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.Recording;

/// <summary>
/// Counts what one request, or one scope, sends. Work that it started side by side has the same recorder, by the flow of its execution context; work
/// that outlives it finds it closed, and is not recorded. Never used twice.
/// </summary>
/// <param name="keepsSpans">Whether spans are kept, and not only counted.</param>
/// <param name="slow">From when on a round trip is slow; zero for never.</param>
/// <param name="places">Finds the place in the code that sends a statement now.</param>
internal sealed class Recorder(bool keepsSpans, TimeSpan slow, Func<Fingerprint, CallSite?> places)
{
    /// <summary>Spans that are kept of one request.</summary>
    public const int MaxSpans = 500;

    private const int MaxTallies = 1_000;
    private const int MaxSlow = 10;

    private static readonly AsyncLocal<Recorder?> Flow = new();

    private readonly Lock _lock = new();
    private readonly long _slowTicks = (long)(slow.TotalSeconds * Stopwatch.Frequency);
    private readonly List<Execution> _open = new(2);
    private readonly List<(SqlStatement Statement, Binding Binding)> _sending = new(1);
    private readonly List<Execution>? _spans = keepsSpans ? [] : null;
    private Dictionary<Fingerprint, Tally>? _tallies;
    private List<SlowStatement>? _slow;
    private OpenConnections? _connections;
    private Func<Fingerprint, CallSite?> _places = places;
    private bool _isClosed;

    public long StartedAt { get; } = Stopwatch.GetTimestamp();

    public bool KeepsSpans => _spans is not null;

    // What follows is read once the recorder is closed, or may be a moment old.
    public int Statements { get; private set; }

    public int RoundTrips { get; private set; }

    public long Ticks { get; private set; }

    public long? RowsRead { get; private set; }

    public int SpansLeftOut { get; private set; }

    public bool HasRepeats { get; private set; }

    /// <summary>Items in the answer; null where nobody has counted them.</summary>
    public int? ItemsReturned { get; set; }

    public Fingerprint? Write { get; private set; }

    /// <summary>Whether a round trip failed: whoever repeats its work does what is right, and sends more than is usual.</summary>
    public bool HasFailures { get; private set; }

    public IReadOnlyList<SlowStatement> Slow => _slow ?? [];

    public IReadOnlyList<Execution> Spans => _spans ?? [];

    /// <summary>The recorder of the present flow, unless it has ended.</summary>
    public static Recorder? Current => Flow.Value is { _isClosed: false } recorder ? recorder : null;

    /// <summary>Makes it the recorder of this flow; null for none.</summary>
    public static void Enter(Recorder? recorder) => Flow.Value = recorder;

    public void Begin(Activity activity, object? command)
    {
        var execution = new Execution(activity, command, Stopwatch.GetTimestamp());
        Tally? placeless = null;
        lock (_lock)
        {
            if (_isClosed) return;
            _sending.Clear();
            if (command is not null) Sending.Add(command, _sending);
            _open.Add(execution);
            Keep(execution);
            if (command is not null) placeless = Count(execution, _sending);
            if (command is not null) (_connections ??= new()).Add(command);
        }

        if (placeless is null || _places(placeless.Fingerprint) is not { } place) return;
        lock (_lock)
        {
            if (placeless.Place is null or { MayTellMore: true }) placeless.Place = place;
        }
    }

    public void End(Activity activity)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            var at = _open.Count - 1;
            while (at >= 0 && !ReferenceEquals(_open[at].Activity, activity)) at--;
            if (_isClosed || at < 0) return;
            var execution = _open[at];
            _open.RemoveAt(at);
            execution.End(now);
            if (execution.Tallies.Length == 0 && NpgsqlSource.IsIts(activity) && activity.GetTagItem("db.query.text") is string sql) Count(execution, Sending.Of(sql));
            if (execution.Tallies.Length > 0) AddTime(execution);
            HasFailures |= execution.HasFailed;
        }
    }

    /// <summary>The beginning of a span that is none of PostgreSQL's.</summary>
    public void BeginOther(Activity activity)
    {
        lock (_lock)
        {
            if (_isClosed) return;
            var execution = new Execution(activity, null, Stopwatch.GetTimestamp());
            _open.Add(execution);
            Keep(execution);
        }
    }

    public void Close()
    {
        lock (_lock) _isClosed = true;
        // It may hold a request, which is the next one's by then.
        _places = static _ => null;
    }

    /// <summary>Statements that came in more than one round trip, the most frequent first.</summary>
    public List<Tally> Repeated()
    {
        lock (_lock) return _tallies is null ? [] : [.. _tallies.Values.Where(tally => tally.RoundTrips > 1).OrderByDescending(tally => tally.Count)];
    }

    /// <summary>All statements, in the order of their first coming.</summary>
    public List<Tally> Tallies()
    {
        lock (_lock) return _tallies is null ? [] : [.. _tallies.Values];
    }

    /// <summary>Connections that are open at this moment.</summary>
    public OpenConnections? StillOpen()
    {
        lock (_lock) return _connections?.StillOpen() == true ? _connections : null;
    }

    private void Keep(Execution execution)
    {
        if (_spans is null) return;
        if (_spans.Count < MaxSpans) _spans.Add(execution);
        else SpansLeftOut++;
    }

    /// <returns>The statement whose place is not known yet though it is repeated.</returns>
    private Tally? Count(Execution execution, List<(SqlStatement Statement, Binding Binding)> sent)
    {
        RoundTrips++;
        Tally? placeless = null;
        var tallies = sent.Count == 1 ? TallyOf(sent[0].Statement.Fingerprint).Alone : new Tally[sent.Count];
        for (var n = 0; n < tallies.Length; n++)
        {
            var (statement, binding) = sent[n];
            var fingerprint = statement.Fingerprint;
            if (fingerprint.IsWrite) Write ??= fingerprint;
            if (!fingerprint.IsControl) Statements++;
            tallies[n] ??= TallyOf(fingerprint);
            if (!fingerprint.IsControl && tallies[n].Add(execution, binding)) placeless ??= tallies[n];
            HasRepeats |= tallies[n].RoundTrips > 1;
        }

        execution.Tallies = tallies;
        return execution.Command is null ? null : placeless;
    }

    private Tally TallyOf(Fingerprint fingerprint)
    {
        _tallies ??= new(4);
        if (_tallies.TryGetValue(fingerprint, out var tally)) return tally;
        tally = new(fingerprint);
        // Thousands of different statements in one request are counted all the same, only not compared.
        if (_tallies.Count < MaxTallies) _tallies.Add(fingerprint, tally);
        return tally;
    }

    private void AddTime(Execution execution)
    {
        Ticks += execution.Ticks;
        if (execution.RowsRead is { } rows) RowsRead = (RowsRead ?? 0) + rows;
        foreach (var tally in execution.Tallies) tally.Ticks += execution.Ticks / execution.Tallies.Length;
        if (_slowTicks == 0 || execution.Ticks < _slowTicks) return;
        _slow ??= [];
        if (_slow.Count < MaxSlow) _slow.Add(new(execution.Tallies[0].Fingerprint, execution.Tallies.Length, Stopwatch.GetElapsedTime(0, execution.Ticks)));
    }
}

/// <summary>A round trip that took longer than its limit.</summary>
/// <param name="First">Its first statement.</param>
/// <param name="Statements">How many it sent.</param>
/// <param name="Took">How long it took.</param>
internal sealed record SlowStatement(Fingerprint First, int Statements, TimeSpan Took);
