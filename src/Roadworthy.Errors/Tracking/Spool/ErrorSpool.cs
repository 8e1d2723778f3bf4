using Microsoft.Win32.SafeHandles;

namespace Roadworthy.Errors.Tracking.Spool;

/// <summary>
/// This process's queue. An entry is handed to the operating system before <see cref="TryAppend"/> returns, so it outlives the process, however that ends. A crash of
/// the machine may take the last seconds: nothing waits for the disk.
/// </summary>
internal sealed class ErrorSpool(SpoolFolder folder, SpoolBudget budget) : IDisposable
{
    private const int SegmentBytes = 1_048_576;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _lastOf = [];
    private SafeFileHandle? _file;
    private int _segment;
    private int _length;
    private long _sequence;
    private long _taken;
    private long _held;
    private bool _closed;

    public SpoolFolder Folder => folder;

    /// <summary>Appends an entry whose head and sequence are still free. False where there is no room, or the disk refuses.</summary>
    public bool TryAppend(Span<byte> entry)
    {
        if (entry.Length > SpoolBytes.MostBody || !budget.TryTake(entry.Length))
        {
            return false;
        }

        lock (_lock)
        {
            if (!_closed && TryWrite(entry))
            {
                return true;
            }
        }

        budget.Give(entry.Length);
        return false;
    }

    /// <summary>What may be read of a segment. The one that is written to grows on.</summary>
    public int LengthOf(int segment)
    {
        lock (_lock)
        {
            return segment == _segment && _file is not null ? _length : int.MaxValue;
        }
    }

    /// <summary>Removes a segment whose every entry has a sequence number of at most <paramref name="last"/>.</summary>
    /// <returns>False where more has been written to it since.</returns>
    public bool TryRemove(int segment, long last)
    {
        lock (_lock)
        {
            if ((segment == _segment ? _sequence : _lastOf.GetValueOrDefault(segment)) > last)
            {
                return false;
            }

            if (segment == _segment)
            {
                Close();
            }

            _lastOf.Remove(segment);
            _held -= SpoolSegments.Remove(folder, segment, budget);
            _taken = Math.Max(_taken, last);
            return true;
        }
    }

    /// <summary>Gives up what somebody has deleted.</summary>
    /// <returns>How many entries are lost with it, at most.</returns>
    public long Abandon()
    {
        lock (_lock)
        {
            _closed = true;
            Close();
            budget.Give(_held);
            _held = 0;
            return _sequence - _taken;
        }
    }

    /// <summary>Takes nothing more. What waits is left to whoever comes next.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            Close();
        }
    }

    private bool TryWrite(Span<byte> entry)
    {
        try
        {
            if (_file is null || _length + entry.Length > SegmentBytes)
            {
                Open();
            }

            SpoolBytes.Seal(entry, _sequence + 1);
            RandomAccess.Write(_file!, entry, _length);
            _length += entry.Length;
            _held += entry.Length;
            _sequence++;
            return true;
        }
#pragma warning disable CA1031 // Whatever the disk has: the caller counts it.
        catch (Exception)
#pragma warning restore CA1031
        {
            Cut();
            return false;
        }
    }

    private void Open()
    {
        Close();
        // Where the disk refused it before, it is there already, and holds nothing.
        var file = File.OpenHandle(folder.PathOf(_segment + 1), FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete);
        try
        {
            RandomAccess.Write(file, SpoolBytes.Magic, 0);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        _lastOf[_segment] = _sequence;
        (_file, _length) = (file, SpoolBytes.Magic.Length);
        _segment++;
        _held += _length;
        budget.Take(_length);
    }

    // A part of the entry may stand there. What can't be cut off is left to the reader, who knows a torn entry, and the next one gets another segment.
    private void Cut()
    {
        try
        {
            if (_file is not null)
            {
                RandomAccess.SetLength(_file, _length);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Close();
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
