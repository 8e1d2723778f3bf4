using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Roadworthy.Errors.Records;

/// <summary>Which trace and which request a record belongs to.</summary>
internal readonly struct RequestFields
{
    public string? TraceId { get; private init; }

    public string? SpanId { get; private init; }

    public string? RequestId { get; private init; }

    public string? Method { get; private init; }

    public string? Route { get; init; }

    public string? UserId { get; private init; }

    public string? SessionId { get; private init; }

    public static RequestFields Current(IHttpContextAccessor? accessor)
    {
        var activity = Activity.Current;
        var trace = activity is { IdFormat: ActivityIdFormat.W3C } ? activity.TraceId.ToHexString() : null;
        var span = trace is null ? activity?.Id : activity!.SpanId.ToHexString();
        var fields = new RequestFields { TraceId = trace ?? activity?.RootId, SpanId = span };
        try
        {
            return accessor?.HttpContext is { } context ? Of(context, fields) : fields;
        }
#pragma warning disable CA1031 // A context that outlived its request throws in many ways; the record does without it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return fields;
        }
    }

    private static RequestFields Of(HttpContext context, RequestFields trace)
    {
        var user = context.User;
        return new RequestFields
        {
            TraceId = trace.TraceId,
            SpanId = trace.SpanId,
            RequestId = context.TraceIdentifier,
            Method = context.Request.Method,
            Route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
            UserId = (user.FindFirst("sub") ?? user.FindFirst(ClaimTypes.NameIdentifier))?.Value,
            SessionId = (user.FindFirst("sid") ?? user.FindFirst(ClaimTypes.Sid))?.Value,
        };
    }
}
