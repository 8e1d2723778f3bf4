using System.Text;

namespace Roadworthy.Inspection.Driving;

/// <summary>A request as it goes out, byte for byte but for what HTTP itself adds.</summary>
/// <param name="Target">Path and query, escaped.</param>
/// <param name="Headers">In order; without those of the body.</param>
/// <param name="Leading">How many spaces go before the body, as a stream: a large body that is never held. Default: 0.</param>
internal sealed record WireRequest(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body = null, string? ContentType = null, int Leading = 0)
{
    public string? BodyText => Body is null ? null : Encoding.UTF8.GetString(Body);

    public WireRequest With(string header, string value) => this with { Headers = [.. Headers.Where(each => !each.Key.Equals(header, StringComparison.OrdinalIgnoreCase)), new(header, value)] };
}
