using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Roadworthy.Input.Endpoints.Values;

/// <summary>The values of one request, and those that the binder shall find in their place.</summary>
internal ref struct RequestValues(HttpContext http)
{
    private Dictionary<string, StringValues>? _query;

    public readonly HttpContext Http => http;

    public readonly StringValues this[ValuePlace place] => place.In(http);

    /// <param name="place">The value's place.</param>
    /// <param name="values">What the binder shall find; empty: nothing.</param>
    public void Put(ValuePlace place, StringValues values)
    {
        switch (place.Source)
        {
            case ValueSource.Query:
                _query ??= http.Request.Query.ToDictionary(StringComparer.OrdinalIgnoreCase);
                if (values.Count == 0) _query.Remove(place.Name);
                else _query[place.Name] = values;
                break;
            case ValueSource.Header:
                http.Request.Headers[place.Name] = values;
                break;
            default:
                if (values.Count == 0) http.Request.RouteValues.Remove(place.Name);
                else http.Request.RouteValues[place.Name] = values.ToString();
                break;
        }
    }

    /// <summary>The query string itself stays as it came.</summary>
    public readonly void Apply()
    {
        if (_query is not null) http.Features.Set<IQueryFeature>(new QueryFeature(new QueryCollection(_query)));
    }
}
