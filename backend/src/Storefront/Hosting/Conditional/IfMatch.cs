using System.Diagnostics.CodeAnalysis;
using Microsoft.Net.Http.Headers;

namespace Storefront.Hosting.Conditional;

/// <summary>
/// The header <c>If-Match</c> (RFC 9110, 13.1.1): which versions the client is content to change. To be put into the condition of the
/// statement that changes the row; looked at before it, two changes at once would both find it true.
/// </summary>
internal sealed class IfMatch
{
    public const string Header = "If-Match";

    /// <summary>What a request without the header means, where it may be left out.</summary>
    public static readonly IfMatch Nothing = new(any: true, []);

    private IfMatch(bool any, long[] versions) => (Any, Versions) = (any, versions);

    /// <summary><c>*</c>: whatever is there.</summary>
    public bool Any { get; }

    /// <summary>The versions that are named. Tags that are weak, or none of ours, name none.</summary>
    public long[] Versions { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out IfMatch? header)
    {
        header = null;
        if (text?.Trim() is "*")
        {
            header = Nothing;
        }
        else if (EntityTagHeaderValue.TryParseStrictList([text ?? ""], out var tags) && !tags.Any(tag => tag.Tag == "*"))
        {
            header = new(any: false, [.. tags.Where(tag => !tag.IsWeak).Select(EntityTag.VersionOf).OfType<long>()]);
        }

        return header is not null;
    }
}
