using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Queries.Places;
using Roadworthy.Queries.Recording;
using Roadworthy.Queries.Sql;

namespace Roadworthy.Queries.Requests;

/// <summary>Opens a recorder for each request, and has it judged when the request has ended.</summary>
internal sealed class QueriesMiddleware(RequestDelegate next, QueriesOptions options, RequestModes modes, RequestEnd end, KnownPlaces places)
{
    public Task InvokeAsync(HttpContext http) =>
        // A socket is open for hours: what it asks for in the meantime is no loop.
        http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } || http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
            ? next(http)
            : RecordAsync(http);

    private async Task RecordAsync(HttpContext http)
    {
        var scope = http.RequestServices.GetRequiredService<ScopeEnd>();
        var recorder = new Recorder(options.KeepHistory, options.SlowStatement, statement => Place(http, statement));
        var claims = Claims.Begin(http.Request);
        var held = modes.Throws && Judge.Budget(http.GetEndpoint()) is not null ? HeldAnswer.Begin(http) : null;
        if (modes.WritesServerTiming) WriteTiming(http.Response, recorder);
        Recorder.Enter(recorder);
        try
        {
            await RunAsync(http, recorder, scope, held).ConfigureAwait(false);
        }
        finally
        {
            recorder.Close();
            claims?.End(recorder);
        }
    }

    private async Task RunAsync(HttpContext http, Recorder recorder, ScopeEnd scope, HeldAnswer? held)
    {
        try
        {
            await next(http).ConfigureAwait(false);
        }
        catch
        {
            held?.Drop();
            end.Failed(http, recorder, scope);
            throw;
        }

        if (end.Answered(http, recorder, scope) is { } excess)
        {
            held?.Drop();
            if (!http.Response.HasStarted) throw excess;
            end.BreakOff(http, excess);
        }
        else if (held is not null)
        {
            await held.ReleaseAsync().ConfigureAwait(false);
        }
    }

    private CallSite? Place(HttpContext http, Fingerprint statement)
    {
        if (http.GetEndpoint() is not { } endpoint) return CallSite.Find();
        if (places.TryFind(endpoint, statement, out var known) && !known.MayTellMore) return known;
        return CallSite.Find() is { } place ? places.Remember(endpoint, statement, place) : null;
    }

    private void WriteTiming(HttpResponse response, Recorder recorder) => response.OnStarting(() =>
    {
        ServerTiming.Write(response, recorder, options.RepeatThreshold);
        return Task.CompletedTask;
    });
}
