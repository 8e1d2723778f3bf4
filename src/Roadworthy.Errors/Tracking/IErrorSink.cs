namespace Roadworthy.Errors.Tracking;

/// <summary>
/// Gets every error after its record was written: register any number as singletons. Must not log, nor depend on what does, and must not wait for anything
/// but the disk: the code that failed is waiting. What it throws is counted (<c>roadworthy.errors.sinks_failed</c>) and goes no further.
/// </summary>
public interface IErrorSink
{
    /// <summary>Takes an error. Called on many threads at once.</summary>
    void Take(ErrorOccurrence occurrence);
}
