using System.Diagnostics;

namespace Roadworthy.Inspection.Driving;

/// <summary>
/// Sees that the backend lives while it is driven: where its process has ended, which request did it is found out and noted, and it is started anew, so that the rest can be asked.
/// </summary>
/// <param name="hasEnded">Whether the process has.</param>
/// <param name="withLog">Adds what the backend wrote.</param>
/// <param name="restart">Starts it anew.</param>
internal sealed class Deaths(Func<bool> hasEnded, Func<Exchange, CancellationToken, Task<Exchange>> withLog, Func<CancellationToken, Task> restart)
{
    /// <summary>From then on the survey asks nothing any more; what it has found out by then is probed.</summary>
    public const int Most = 12;

    private const int MostOfOne = 2;
    private const int MostRecent = 4;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly List<Death> _all = [];
    private readonly Queue<Sent> _recent = [];
    private bool _isBusy;

    public IReadOnlyList<Death> All => _all;

    /// <summary>How often it was started anew.</summary>
    public int Restarts { get; private set; }

    /// <summary>Off where somebody ends it on purpose, and judges that.</summary>
    public bool IsWatching { get; set; } = true;

    /// <summary>Whether the backend has ended of an operation often enough for it not to be asked again.</summary>
    public bool IsEnough(string operation) => _all.Count(death => death.IsSure && death.Exchange.Operation?.Key == operation) >= MostOfOne;

    /// <summary>Whether a request to an operation that is answered ends the backend a while later.</summary>
    public bool IsLate(string operation) => _all.Exists(death => death is { IsSure: true, IsLate: true } && death.Exchange.Operation?.Key == operation);

    /// <summary>What an exchange comes to: where the backend was gone before it was asked, the answer of the one that was started anew.</summary>
    /// <param name="exchange">As it went.</param>
    /// <param name="who">Asks.</param>
    /// <param name="again">Asks the same again.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="InspectionException">The backend does not come back; the message says of what it ended.</exception>
    public async Task<Exchange> AfterAsync(Exchange exchange, Identity who, Func<CancellationToken, Task<Exchange>> again, CancellationToken ct)
    {
        if (_isBusy || !IsWatching) return exchange;
        var sent = new Sent(exchange, who, again);
        if (exchange.Status != 0 || !await HasEndedAsync(ct))
        {
            _recent.Enqueue(sent);
            if (_recent.Count > MostRecent) _recent.Dequeue();
            return exchange;
        }

        _isBusy = true;
        try
        {
            return await FoundAsync(sent, ct);
        }
        finally
        {
            _isBusy = false;
            _recent.Clear();
        }
    }

    /// <summary>Finds out what the last requests came to where nothing was asked since.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        if (!IsWatching || _recent.Count == 0 || !hasEnded()) return;
        _isBusy = true;
        var recent = _recent.Reverse().ToList();
        var last = await withLog(recent[0].Exchange, ct);
        await RestartAsync(recent[0], ct);
        await BlameAsync(recent, last, ct);
        _recent.Clear();
        _isBusy = false;
    }

    private async Task<Exchange> FoundAsync(Sent sent, CancellationToken ct)
    {
        // It is asked again in any case: it may have been one before it, and what is sent on a connection that was used before counts as not sent where it is tried once more on another.
        var recent = _recent.Reverse().ToList();
        var last = await withLog(sent.Exchange.WasSent || recent.Count == 0 ? sent.Exchange : recent[0].Exchange, ct);
        await RestartAsync(sent, ct);
        var exchange = await sent.Again(ct);
        if (exchange.Status != 0 || !await HasEndedAsync(ct))
        {
            await BlameAsync(recent, last, ct);
            return exchange;
        }

        exchange = await withLog(exchange, ct) with { Failure = "The backend's process ended of it." };
        await RestartAsync(sent, ct);
        _all.Add(new Death(exchange, IsSure: true, IsLate: false));
        return exchange;
    }

    /// <summary>It was another: of those that were answered the newest is the likeliest.</summary>
    private async Task BlameAsync(List<Sent> recent, Exchange last, CancellationToken ct)
    {
        foreach (var before in recent)
        {
            before.Who.ProvedAt = 0;
            var exchange = await before.Again(ct);
            if (!await HasEndedAsync(ct)) continue;
            exchange = await withLog(exchange, ct);
            await RestartAsync(before, ct);
            _all.Add(new Death(exchange, IsSure: true, IsLate: true));
            return;
        }

        _all.Add(new Death(last, IsSure: false, IsLate: true));
    }

    private async Task RestartAsync(Sent of, CancellationToken ct)
    {
        Restarts++;
        try
        {
            await restart(ct);
        }
        catch (InspectionException e)
        {
            throw new InspectionException($"The backend's process ended of {of.Exchange.Request.Method} {Secrets.Text(of.Exchange.Request.Target)}, or shortly before, and does not come back: {e.Message}", e);
        }

        // Sessions that were kept in memory are gone with the process.
        of.Who.ProvedAt = 0;
    }

    private async Task<bool> HasEndedAsync(CancellationToken ct)
    {
        for (var started = Stopwatch.GetTimestamp(); !hasEnded() && Stopwatch.GetElapsedTime(started) < Linger;) await Task.Delay(20, ct);
        return hasEnded();
    }

    private sealed record Sent(Exchange Exchange, Identity Who, Func<CancellationToken, Task<Exchange>> Again);
}
