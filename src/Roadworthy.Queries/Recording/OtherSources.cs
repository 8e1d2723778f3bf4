using System.Diagnostics;

namespace Roadworthy.Queries.Recording;

/// <summary>Hears of the spans of everything else, for the history: HTTP clients, the application's own sources. One for the process, however many hosts it has.</summary>
internal static class OtherSources
{
    private static readonly Lock Gate = new();
    private static ActivityListener? _listener;
    private static int _listening;

    public static void Listen()
    {
        lock (Gate)
        {
            if (_listening++ > 0) return;
            _listener = new()
            {
                ShouldListenTo = source => source.Name != NpgsqlSource.Name,
                Sample = Sample,
                SampleUsingParentId = Sample,
                ActivityStarted = activity => Keeping?.BeginOther(activity),
                ActivityStopped = activity => Keeping?.End(activity),
            };
            ActivitySource.AddActivityListener(_listener);
        }
    }

    public static void StopListening()
    {
        lock (Gate)
        {
            if (--_listening > 0) return;
            _listener?.Dispose();
            _listener = null;
        }
    }

    private static Recorder? Keeping => Recorder.Current is { KeepsSpans: true } recorder ? recorder : null;

    private static ActivitySamplingResult Sample<T>(ref ActivityCreationOptions<T> options) =>
        Keeping is null ? ActivitySamplingResult.None : ActivitySamplingResult.AllData;
}
