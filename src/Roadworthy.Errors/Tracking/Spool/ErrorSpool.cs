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
            SpoolSegments.Remove(folder, segment, budget);
            return true;
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
            _sequence++;
            return true;
        }
#pragma warning disable CA1031 // Whatever the disk has: the caller counts it.
        catch (Exception)
#pragma warning restore CA1031
        {
            // A part of the entry may stand there: the next one gets a segment of its own.
            Cut();
            return false;
        }
    }

    private void Open()
    {
        Close();
        _lastOf[_segment] = _sequence;
        _file = File.OpenHandle(folder.PathOf(_segment + 1), FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        _segment++;
        RandomAccess.Write(_file, SpoolBytes.Magic, 0);
        _length = SpoolBytes.Magic.Length;
        budget.Take(_length);
    }

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
            // The reader knows a torn entry.
        }

        Close();
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
