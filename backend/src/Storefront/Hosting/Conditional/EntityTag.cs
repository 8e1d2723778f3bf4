using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Storefront.Hosting.Conditional;

/// <summary>The version of a row as a strong entity tag (RFC 9110, 8.8.3): <c>"7"</c>.</summary>
internal static class EntityTag
{
    public static EntityTagHeaderValue Of(long version) => new($"\"{version.ToString(CultureInfo.InvariantCulture)}\"");

    /// <summary>Null for a tag that is none of ours.</summary>
    public static long? VersionOf(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && Of(version).Tag == tag.Tag ? version : null;

    /// <summary>Tells the client which version it was answered.</summary>
    public static void SetVersion(this HttpResponse answer, long version) => answer.Headers.ETag = Of(version).ToString();
}
