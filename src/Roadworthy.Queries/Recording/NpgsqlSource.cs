using System.Diagnostics;

namespace Roadworthy.Queries.Recording;

/// <summary>Hears of every statement through Npgsql's ActivitySource, while anybody records. One for the process.</summary>
internal static class NpgsqlSource
{
    public const string Name = "Npgsql";

    private static readonly Lock Gate = new();
    private static ActivityListener? _listener;
    private static int _listening;
    private static long _failures;

    // From Npgsql's question whether to trace a command to the span's beginning, which follows on the same thread.
    [ThreadStatic]
    private static object? _asked;

    /// <summary>Spans that could not be recorded since the process began.</summary>
    public static long Failures => Interlocked.Read(ref _failures);

    public static bool IsIts(Activity activity) => activity.Source.Name == Name;

    /// <summary>Listens until everybody who listens has stopped. Nothing listens, and nothing is paid, where nobody does.</summary>
    public static void Listen()
    {
        lock (Gate)
        {
            if (_listening++ > 0) return;
            _listener = new()
            {
                ShouldListenTo = source => source.Name == Name,
                Sample = Sample,
                SampleUsingParentId = Sample,
                ActivityStarted = Started,
                ActivityStopped = Stopped,
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

    /// <summary>A data source with the guard's extension is about to send. Always true: whether to trace is not ours to say.</summary>
    public static bool Ask(object command)
    {
        if (Recorder.Current is not null) _asked = command;
        return true;
    }

    // A span without data costs least, and the command itself tells more. Without the command, the span has to have the text.
    private static ActivitySamplingResult Sample<T>(ref ActivityCreationOptions<T> options) =>
        _asked is not null ? ActivitySamplingResult.PropagationData
        : Recorder.Current is null ? ActivitySamplingResult.None : ActivitySamplingResult.AllData;

    private static void Started(Activity activity)
    {
        var command = _asked;
        _asked = null;
        try
        {
            Recorder.Current?.Begin(activity, command);
        }
#pragma warning disable CA1031 // A value whose hash code throws, a list that changes while it is read: no statement fails because it was watched.
        catch (Exception)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref _failures);
        }
    }

    private static void Stopped(Activity activity)
    {
        try
        {
            Recorder.Current?.End(activity);
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref _failures);
        }
    }
}
