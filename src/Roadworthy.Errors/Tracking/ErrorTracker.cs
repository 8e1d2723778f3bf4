using Roadworthy.Errors.Tracking.Store;

namespace Roadworthy.Errors.Tracking;

/// <summary>
/// The error groups, for people: a singleton of the services where <c>AddRoadworthyErrorTracking</c> was called. Each method asks the database, over the
/// tracking's own connections, and throws <see cref="Npgsql.NpgsqlException"/> where it is away.
/// </summary>
public sealed class ErrorTracker
{
    private readonly TrackingState _state;
    private readonly ErrorQueries _queries;

    internal ErrorTracker(TrackingState state, ErrorQueries queries) => (_state, _queries) = (state, queries);

    /// <summary>How tracking is doing in this process.</summary>
    public ErrorTrackingStatus Status => _state.Status;

    /// <summary>A page of groups, the one seen last first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The filter's limit is not 1 to 100.</exception>
    /// <exception cref="FormatException">The filter's <see cref="ErrorGroupFilter.After"/> is not the end of a page.</exception>
    public Task<ErrorGroupPage> ListAsync(ErrorGroupFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Limit is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(filter), filter.Limit, "ErrorGroupFilter.Limit must be 1 to 100.");
        }

        return _queries.ListAsync(filter, cancellationToken);
    }

    /// <summary>A group with its first and its latest occurrences; null where there is none.</summary>
    public async Task<ErrorGroupDetail?> FindAsync(Guid group, CancellationToken cancellationToken = default)
    {
        if (await _queries.FindAsync(group, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        return new ErrorGroupDetail(
            found, await _queries.FirstAsync(group, cancellationToken).ConfigureAwait(false), await _queries.LatestAsync(group, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The group that a trace's latest error is in; null where there is none, or its row is gone.</summary>
    public Task<ErrorGroup?> FindByTraceAsync(string traceId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traceId);
        return _queries.FindByTraceAsync(traceId, cancellationToken);
    }

    /// <summary>Marks a group as mended: from now on, or with the next release, so that what the current one still does is no regression.</summary>
    /// <param name="group">The group.</param>
    /// <param name="inNextRelease">Whether only an occurrence in another release than the last seen one is a regression.</param>
    /// <param name="by">Who says so; null where nobody is known.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False where there is no such group.</returns>
    public Task<bool> ResolveAsync(Guid group, bool inNextRelease = false, string? by = null, CancellationToken cancellationToken = default) =>
        _queries.ResolveAsync(group, inNextRelease, by, cancellationToken);

    /// <summary>Leaves a group alone: it is counted on, and is never a regression.</summary>
    /// <param name="group">The group.</param>
    /// <param name="by">Who says so; null where nobody is known.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False where there is no such group.</returns>
    public Task<bool> IgnoreAsync(Guid group, string? by = null, CancellationToken cancellationToken = default) =>
        _queries.SetAsync(group, ErrorGroupStatus.Ignored, by, cancellationToken);

    /// <summary>Puts a group back among the open ones.</summary>
    /// <param name="group">The group.</param>
    /// <param name="by">Who says so; null where nobody is known.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False where there is no such group.</returns>
    public Task<bool> ReopenAsync(Guid group, string? by = null, CancellationToken cancellationToken = default) =>
        _queries.SetAsync(group, ErrorGroupStatus.Open, by, cancellationToken);
}
