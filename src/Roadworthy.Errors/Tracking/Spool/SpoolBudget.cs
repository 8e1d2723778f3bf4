namespace Roadworthy.Errors.Tracking.Spool;

/// <summary>How many bytes wait, of how many that may.</summary>
internal sealed class SpoolBudget(long most)
{
    private long _waiting;

    public long Waiting => Volatile.Read(ref _waiting);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _waiting, bytes) <= most)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    /// <summary>Of what is there whether it fits or not: a dead process's.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _waiting, bytes);

    public void Give(long bytes) => Interlocked.Add(ref _waiting, -bytes);
}
