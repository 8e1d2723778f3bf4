namespace Roadworthy.Errors.Tracking;

/// <summary>How tracking is doing in this process. In memory: asking costs nothing, and works without the database.</summary>
/// <param name="On">Whether errors are kept: false where no spool folder could be opened.</param>
/// <param name="WaitingBytes">What waits for the database, in bytes, leftovers of dead processes included.</param>
/// <param name="Dropped">Errors since the start that found the spool full, or the disk unwilling. They are in the log records, and nowhere else.</param>
/// <param name="LastDrainedAt">When the database last took some; null where it never did.</param>
/// <param name="DatabaseReachable">Whether it did the last time that it was tried; null where it was not tried yet.</param>
/// <param name="SpoolFolder">Where the errors of this process wait; null where <paramref name="On"/> is false.</param>
public sealed record ErrorTrackingStatus(
    bool On, long WaitingBytes, long Dropped, DateTimeOffset? LastDrainedAt, bool? DatabaseReachable, string? SpoolFolder);
