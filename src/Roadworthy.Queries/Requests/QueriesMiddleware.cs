using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Requests;

/// <summary>Opens a recorder for each request, and has it judged when the request has ended.</summary>
internal sealed class QueriesMiddleware(RequestDelegate next, QueriesOptions options, RequestModes modes, RequestEnd end)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var scope = http.RequestServices.GetRequiredService<ScopeEnd>();
        var recorder = new Recorder(options.KeepHistory, options.SlowStatement);
        var claims = Claims.Begin(http.Request);
        var held = modes.Throws && Judge.Budget(http.GetEndpoint()) is not null ? HeldAnswer.Begin(http) : null;
        if (modes.WritesServerTiming) WriteTiming(http.Response, recorder);
        Recorder.Enter(recorder);
        try
        {
            await Run(http, recorder, scope, held).ConfigureAwait(false);
        }
        finally
        {
            recorder.Close();
            claims?.End(recorder);
        }
    }

    private async Task Run(HttpContext http, Recorder recorder, ScopeEnd scope, HeldAnswer? held)
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

    private void WriteTiming(HttpResponse response, Recorder recorder) => response.OnStarting(() =>
    {
        ServerTiming.Write(response, recorder, options.RepeatThreshold);
        return Task.CompletedTask;
    });
}
