using Npgsql;
using Roadworthy.Errors.Tracking.Spool;
using Roadworthy.Errors.Tracking.Store;

namespace Roadworthy.Errors.Tracking.Drain;

/// <summary>Hands one queue to the database, in batches, each exactly once: the position is the database's, and is asked for again after every failure.</summary>
internal sealed class SpoolDrain(SpoolFolder folder, ErrorSpool? own, SpoolBudget budget, ErrorStore store, DrainReports reports)
{
    private const int MostEntries = 256;
    private const int MostBytes = 1_048_576;

    private long? _position;

    public SpoolFolder Folder => folder;

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var segment in folder.Segments())
            {
                while (!await DrainAsync(segment, cancellationToken).ConfigureAwait(false))
                {
                }
            }
        }
        catch
        {
            _position = null;
            throw;
        }
    }

    // True when the segment is no more.
    private async Task<bool> DrainAsync(int segment, CancellationToken cancellationToken)
    {
        var position = _position ??= await store.PositionAsync(folder.Id, cancellationToken).ConfigureAwait(false);
        var batch = Next(segment, position);
        if (batch.Count == 0)
        {
            return Remove(segment, position);
        }

        try
        {
            await TakeAsync(batch, position, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState[..2] is "22" or "23")
        {
            // One row that the database won't have must not hold up the others for ever.
            foreach (var entry in batch)
            {
                await TakeOneAsync(entry, cancellationToken).ConfigureAwait(false);
            }
        }

        return false;
    }

    private List<SpoolSegments.Entry> Next(int segment, long position)
    {
        var batch = new List<SpoolSegments.Entry>();
        var bytes = 0;
        foreach (var entry in SpoolSegments.Read(folder.PathOf(segment), own?.LengthOf(segment) ?? int.MaxValue))
        {
            if (entry.Sequence > position)
            {
                batch.Add(entry);
                bytes += entry.Bytes;
                if (batch.Count == MostEntries || bytes >= MostBytes)
                {
                    break;
                }
            }
        }

        return batch;
    }

    private bool Remove(int segment, long position)
    {
        if (own is not null)
        {
            return own.TryRemove(segment, position);
        }

        SpoolSegments.Remove(folder, segment, budget);
        return true;
    }

    private async Task TakeOneAsync(SpoolSegments.Entry entry, CancellationToken cancellationToken)
    {
        var position = _position ??= await store.PositionAsync(folder.Id, cancellationToken).ConfigureAwait(false);
        if (entry.Sequence <= position)
        {
            return;
        }

        try
        {
            await TakeAsync([entry], position, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState[..2] is "22" or "23")
        {
            reports.Refused(error, entry.Occurrence);
            await TakeAsync([entry with { Occurrence = null }], position, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(List<SpoolSegments.Entry> batch, long position, CancellationToken cancellationToken)
    {
        var occurrences = batch.ConvertAll(entry => entry.Occurrence).OfType<ErrorOccurrence>().ToList();
        var regressions = await store.ApplyAsync(folder.Id, position, batch[^1].Sequence, occurrences, cancellationToken).ConfigureAwait(false);
        if (regressions is null)
        {
            // A commit whose answer was lost has moved it.
            _position = null;
            return;
        }

        _position = batch[^1].Sequence;
        await reports.TookAsync(occurrences.Count, batch.Count - occurrences.Count, regressions, cancellationToken).ConfigureAwait(false);
    }
}
