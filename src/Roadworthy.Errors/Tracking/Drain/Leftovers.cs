using Roadworthy.Errors.Tracking.Spool;
using Roadworthy.Errors.Tracking.Store;

namespace Roadworthy.Errors.Tracking.Drain;

/// <summary>The queues of processes that ended before the database had taken them. Whoever lives takes them over.</summary>
internal sealed class Leftovers(TrackingState state, ErrorStore store, DrainReports reports) : IDisposable
{
    private readonly List<SpoolDrain> _adopted = [];
    private readonly HashSet<Guid> _failing = [];

    /// <summary>Takes over what it finds beside this process's own folder.</summary>
    public void Adopt(SpoolFolder own)
    {
        foreach (var path in Directory.EnumerateDirectories(Path.GetDirectoryName(own.Path)!))
        {
            if (string.Equals(path, own.Path, StringComparison.Ordinal) || _adopted.Exists(drain => string.Equals(drain.Folder.Path, path, StringComparison.Ordinal)))
            {
                continue;
            }

            if (SpoolFolder.TryAdopt(path) is { } folder)
            {
                Add(folder);
            }
        }
    }

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        foreach (var drain in _adopted.ToList())
        {
            try
            {
                await drain.DrainAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Its disk has a fault: the others' entries go on. It is told once.
                if (_failing.Add(drain.Folder.Id))
                {
                    reports.AdoptionFailed(error, drain.Folder.Path);
                }

                continue;
            }

            await store.ForgetAsync(drain.Folder.Id, cancellationToken).ConfigureAwait(false);
            Release(drain);
        }
    }

    public void Dispose()
    {
        foreach (var drain in _adopted)
        {
            drain.Folder.Dispose();
        }

        _adopted.Clear();
    }

    private void Add(SpoolFolder folder)
    {
        var bytes = SpoolSegments.SizeOf(folder);
        var drain = new SpoolDrain(folder, null, state.Budget, store, reports);
        _adopted.Add(drain);
        if (folder.Segments().Count == 0)
        {
            Release(drain);
            return;
        }

        state.Budget.Take(bytes);
        reports.Adopted(bytes);
    }

    private void Release(SpoolDrain drain)
    {
        _adopted.Remove(drain);
        _failing.Remove(drain.Folder.Id);
        drain.Folder.Remove();
        drain.Folder.Dispose();
    }
}
