using System.Diagnostics;

namespace Roadworthy.Queries.Recording;

/// <summary>Hears of the spans of everything else, for the history: HTTP clients, the application's own sources.</summary>
internal static class OtherSources
{
    public static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name != NpgsqlSource.Name,
            Sample = Sample,
            SampleUsingParentId = Sample,
            ActivityStarted = activity => Keeping?.BeginOther(activity),
            ActivityStopped = activity => Keeping?.End(activity),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static Recorder? Keeping => Recorder.Current is { KeepsSpans: true } recorder ? recorder : null;

    private static ActivitySamplingResult Sample<T>(ref ActivityCreationOptions<T> options) =>
        Keeping is null ? ActivitySamplingResult.None : ActivitySamplingResult.AllData;
}
