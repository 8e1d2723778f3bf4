using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Storefront.Hosting.Conditional;

/// <summary>
/// 200 with the representation and its version as entity tag; to a GET whose <c>If-None-Match</c> names that version, 304 and no body
/// (RFC 9110, 13.1.2).
/// </summary>
internal sealed class Versioned<T>(T value, long version) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.SetVersion(version);
        if (!HttpMethods.IsGet(httpContext.Request.Method) || !IsKnown(httpContext.Request.Headers.IfNoneMatch)) return TypedResults.Ok(value).ExecuteAsync(httpContext);
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new VersionedMetadata());
    }

    // Weak comparison: a proxy that compresses may have weakened the tag. What can't be read names nothing, and costs a body.
    private bool IsKnown(StringValues header) =>
        header.Count > 0 && EntityTagHeaderValue.TryParseStrictList(header, out var tags)
        && tags.Any(tag => tag.Tag == "*" || EntityTag.VersionOf(tag) == version);
}

/// <summary>The endpoint answers an entity tag.</summary>
internal sealed class VersionedMetadata;
