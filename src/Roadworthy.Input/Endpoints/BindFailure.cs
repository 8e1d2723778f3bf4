using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Input.Endpoints;

/// <summary>What the framework's own binder refused after the guard had found nothing: a type's own TryParse or BindAsync, a form.</summary>
internal static class BindFailure
{
    private const string BindersNamespace = "Microsoft.AspNetCore.Http.";
    private const string NotBound = "Failed to bind parameter \"";
    private const string NotProvided = "Required parameter \"";

    /// <summary>
    /// The exception comes from the binder. A handler may throw the same type: that is an answer of its own, and left to whoever handles exceptions.
    /// Where the application was built without stack traces nothing tells them apart, and the exception counts as the binder's.
    /// </summary>
    public static bool IsBinders(BadHttpRequestException failure, HttpContext http)
    {
        if (http.Response.HasStarted) return false;
        return new StackTrace(failure).GetFrame(0) is not { } frame
            || DiagnosticMethodInfo.Create(frame) is not { DeclaringTypeName: { } thrower }
            || thrower.StartsWith(BindersNamespace, StringComparison.Ordinal);
    }

    /// <summary>The key of the parameter that the binder names, or "" where it names none of ours.</summary>
    public static string KeyOf(EndpointPlan plan, BadHttpRequestException failure)
    {
        // Failed to bind parameter "Colour colour" from "...".
        var message = failure.Message.AsSpan();
        var start = message.StartsWith(NotBound, StringComparison.Ordinal) ? NotBound.Length
            : message.StartsWith(NotProvided, StringComparison.Ordinal) ? NotProvided.Length : -1;
        if (start < 0) return "";
        var named = message[start..];
        var end = named.IndexOf('"');
        if (end < 0) return "";
        named = named[..end];
        named = named[(named.LastIndexOf(' ') + 1)..];
        foreach (var parameter in plan.Parameters)
        {
            if (named.Equals(parameter.BinderName, StringComparison.Ordinal)) return parameter.Key;
        }

        return "";
    }

    /// <summary>
    /// The key of a parameter that the binder refused without a word, as generated binders do where it is optional: a bare 400. Null where nothing points
    /// to that.
    /// </summary>
    public static string? SilentKey(EndpointPlan plan, HttpContext http)
    {
        var response = http.Response;
        if (plan.LeftToBinder.Length == 0
            || response.StatusCode != StatusCodes.Status400BadRequest
            || response.HasStarted
            || response.ContentLength is not null
            || response.ContentType is not null)
        {
            return null;
        }

        string? key = null;
        foreach (var parameter in plan.LeftToBinder)
        {
            if (!parameter.Came(http)) continue;
            key = key is null ? parameter.Key : "";
        }

        return key;
    }
}
