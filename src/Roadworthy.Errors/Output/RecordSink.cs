using Roadworthy.Errors.Metrics;

namespace Roadworthy.Errors.Output;

internal delegate void WriteBytes(ReadOnlySpan<byte> bytes);

/// <summary>
/// Owns the output. Errors are written before the call returns, with whatever was queued before them; the rest waits for a thread.
/// </summary>
internal sealed class RecordSink : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly WriteBytes _output;
    private readonly int _capacity;
    private readonly ErrorsMetrics _metrics;
    private readonly Action<long, WriteBytes> _dropNotice;
    private readonly Lock _writing = new();
    private readonly Lock _queueing = new();
#pragma warning disable CA2213 // Another thread may be about to set it; its handle goes with the last reference.
    private readonly AutoResetEvent _wake = new(initialState: false);
#pragma warning restore CA2213
    private readonly Thread _thread;
    private RecordQueue _waiting = new();
    private RecordQueue _taken = new();
    private long _dropped;
    private volatile bool _stopping;

    public RecordSink(WriteBytes output, int capacity, ErrorsMetrics metrics, Action<long, WriteBytes> dropNotice)
    {
        _output = output;
        _capacity = capacity;
        _metrics = metrics;
        _dropNotice = dropNotice;
        _thread = new Thread(Run) { IsBackground = true, Name = "Roadworthy.Errors records" };
        _thread.Start();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnExit;
    }

    public void WriteNow(ReadOnlySpan<byte> record)
    {
        // An output that logs while it writes would never end.
        if (_writing.IsHeldByCurrentThread)
        {
            _metrics.Failed(1);
            return;
        }

        lock (_writing)
        {
            WriteWaiting();
            Write(record, 1);
        }
    }

    public void Enqueue(ReadOnlySpan<byte> record)
    {
        if (_stopping)
        {
            WriteNow(record);
            return;
        }

        bool first;
        lock (_queueing)
        {
            if (_waiting.Records >= _capacity)
            {
                _dropped++;
                _metrics.Dropped(1);
                return;
            }

            first = _waiting.Records == 0;
            _waiting.Add(record);
        }

        if (_stopping)
        {
            Flush();
        }
        else if (first)
        {
            _wake.Set();
        }
    }

    public void Flush()
    {
        if (!_writing.IsHeldByCurrentThread)
        {
            lock (_writing)
            {
                WriteWaiting();
            }
        }
    }

    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnExit;
        _wake.Set();
        if (_thread.Join(LongestWait))
        {
            Flush();
        }
    }

    private void Run()
    {
        while (!_stopping)
        {
            _wake.WaitOne();
            Flush();
        }
    }

    private void OnExit(object? sender, EventArgs e)
    {
        // Another thread may be stuck in the output for good: the process must still end.
        if (_writing.TryEnter(LongestWait))
        {
            try
            {
                WriteWaiting();
            }
            finally
            {
                _writing.Exit();
            }
        }
    }

    private void WriteWaiting()
    {
        long dropped;
        lock (_queueing)
        {
            (_waiting, _taken) = (_taken, _waiting);
            dropped = _dropped;
            _dropped = 0;
        }

        if (_taken.Records > 0)
        {
            Write(_taken.Bytes, _taken.Records);
            _taken.Clear();
        }

        if (dropped > 0)
        {
            _dropNotice(dropped, bytes => Write(bytes, 1));
        }
    }

    private void Write(ReadOnlySpan<byte> bytes, int records)
    {
        try
        {
            _output(bytes);
        }
#pragma warning disable CA1031 // Logging must not fail its caller; what was lost is counted.
        catch (Exception)
#pragma warning restore CA1031
        {
            _metrics.Failed(records);
            return;
        }

        _metrics.Written(records);
    }
}
