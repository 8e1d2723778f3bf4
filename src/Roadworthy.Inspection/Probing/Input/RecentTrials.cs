using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>The last requests that were answered, of whatever endpoint: some end the backend a while after, and it is noticed at another.</summary>
internal sealed class RecentTrials
{
    /// <summary>How many requests back the cause of a late end is looked for.</summary>
    public const int Most = 12;

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly Queue<SentTrial> _all = [];

    public void Add(SentTrial sent)
    {
        _all.Enqueue(sent);
        if (_all.Count > Most) _all.Dequeue();
    }

    /// <summary>Which of them it was that ended the backend, the newest being the likeliest; where it is none, that is noted.</summary>
    /// <param name="bench">Asks them again.</param>
    /// <param name="notes">Takes what was found.</param>
    /// <param name="noticed">Where it was gone.</param>
    /// <param name="gone">What came of that.</param>
    /// <param name="ct">Gives up.</param>
    public async Task BlameAsync(Bench bench, InputNotes notes, ApiOperation noticed, Trial gone, CancellationToken ct)
    {
        var all = _all.Reverse().ToList();
        _all.Clear();
        foreach (var sent in all)
        {
            if (await bench.TryAsync(sent.Call, sent.Known.Who, ct, withLog: true, linger: Linger) is not { Died: true } trial) continue;
            // It may be any request to that endpoint.
            var plain = await bench.TryAsync(sent.Known.Call, sent.Known.Who, ct, withLog: true, linger: Linger);
            notes.Crashes.Add(plain.Died
                ? new Crash(sent.Known.Operation, "", new Change("plain", null, "an ordinary request"), plain, CrashMark.Of(plain.Exchange.Log), IsParameter: false)
                : new Crash(sent.Known.Operation, sent.Where, sent.Change, trial, CrashMark.Of(trial.Exchange.Log), sent.IsParameter));
            return;
        }

        notes.Unexplained.Add((noticed, gone));
    }
}

/// <summary>One change, as it was sent.</summary>
/// <param name="Known">The call that works without it.</param>
/// <param name="Where">A pointer to the field, or the parameter; empty for the whole body.</param>
internal sealed record SentTrial(KnownCall Known, string Where, Change Change, Call Call, bool IsParameter);
