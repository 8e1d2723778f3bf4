using System.Diagnostics.Metrics;
using Roadworthy.Sessions.Revocation;
using Roadworthy.Sessions.Time;

namespace Roadworthy.Sessions.Events;

/// <summary>Tells of events: a log record, a count, the instance's history, and the application's own callback.</summary>
internal sealed class SessionEvents : IDisposable
{
    public const string MeterName = "Roadworthy.Sessions";

    private readonly SessionsOptions _options;
    private readonly SessionHistory _history;
    private readonly DatabaseClock _clock;
    private readonly ILogger<SessionEvents> _log;
    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Counter<long> _refreshes;

    public SessionEvents(
        SessionsOptions options, SessionHistory history, RevokedSessions revoked, DatabaseClock clock, ILogger<SessionEvents> log, IMeterFactory meters)
    {
        (_options, _history, _clock, _log) = (options, history, clock, log);
        _meter = meters.Create(MeterName);
        _events = _meter.CreateCounter<long>("roadworthy.sessions.events", "{event}", "What happened to sessions, by kind.");
        _refreshes = _meter.CreateCounter<long>("roadworthy.sessions.refreshes", "{refresh}", "Refreshes, by verdict.");
        _meter.CreateObservableGauge(
            "roadworthy.sessions.revocations.heard", () => revoked.IsCurrent ? 1 : 0, description: "1 while this instance hears of ended sessions; 0 while each request asks for its session's row.");
    }

    public void Count(RefreshVerdict verdict) => _refreshes.Add(1, new KeyValuePair<string, object?>("verdict", Names.Of(verdict)));

    public async ValueTask TellAsync(SessionEvent happened, CancellationToken cancellationToken)
    {
        _events.Add(1, new KeyValuePair<string, object?>("kind", Names.Of(happened.Kind)));
        _history.Add(_clock.GetUtcNow(), happened);
        Log(happened);
        if (_options.OnEvent is not { } callback) return;
        try
        {
            await callback(happened, cancellationToken);
        }
#pragma warning disable CA1031 // The refresh has happened: what the application makes of it must not take it back.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.CallbackFailed(error, happened.Kind, happened.SessionId);
        }
    }

    public void Dispose() => _meter.Dispose();

    private void Log(SessionEvent e)
    {
        switch (e.Kind)
        {
            case SessionEventKind.SignedIn: _log.SignedIn(e.SessionId, e.UserId); break;
            case SessionEventKind.Rotated: _log.Rotated(e.SessionId, e.UserId, e.Generation); break;
            case SessionEventKind.Replayed when e.ClientChanged: _log.ReplayedByAnother(e.SessionId, e.UserId, e.Generation, e.Address, e.UserAgent); break;
            case SessionEventKind.Replayed: _log.Replayed(e.SessionId, e.UserId, e.Generation); break;
            case SessionEventKind.Healed: _log.Healed(e.SessionId, e.UserId, e.Generation, e.Address); break;
            case SessionEventKind.RolledForward: _log.RolledForward(e.SessionId, e.UserId, e.Presented, e.Generation); break;
            case SessionEventKind.Reused: _log.Reused(e.SessionId, e.UserId, e.Presented, e.Generation, e.Address, e.UserAgent); break;
            case SessionEventKind.WrongSecret: _log.WrongSecret(e.SessionId, e.Address); break;
            case SessionEventKind.Revoked: _log.Revoked(e.SessionId, e.UserId); break;
            default: throw new ArgumentOutOfRangeException(nameof(e), e.Kind, "There is no such event.");
        }
    }

    private static class Names
    {
        private static readonly string[] Verdicts = [.. Enum.GetNames<RefreshVerdict>().Select(Snake)];
        private static readonly string[] Kinds = [.. Enum.GetNames<SessionEventKind>().Select(Snake)];

        public static string Of(RefreshVerdict verdict) => Verdicts[(int)verdict];

        public static string Of(SessionEventKind kind) => Kinds[(int)kind];

        private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }
}
