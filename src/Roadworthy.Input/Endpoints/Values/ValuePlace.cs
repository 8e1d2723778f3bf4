using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Roadworthy.Input.Endpoints.Values;

internal enum ValueSource
{
    Route,
    Query,
    Header,
}

/// <summary>Where in a request a parameter's value stands.</summary>
/// <param name="source">The part of the request.</param>
/// <param name="name">The name there; case does not matter.</param>
internal sealed class ValuePlace(ValueSource source, string name)
{
    public ValueSource Source => source;

    public string Name => name;

    /// <summary>The key of its errors.</summary>
    public string Key { get; } = (source switch { ValueSource.Route => "path:", ValueSource.Query => "query:", _ => "header:" }) + name;

    public StringValues In(HttpContext http) => source switch
    {
        ValueSource.Query => http.Request.Query[name],
        ValueSource.Header => http.Request.Headers[name],
        _ => http.Request.RouteValues.TryGetValue(name, out var value) && value?.ToString() is { } text ? text : default(StringValues),
    };
}
