using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Bodies;

/// <summary>Reads a whole JSON body once, against what its type takes.</summary>
internal static class BodyReader
{
    /// <param name="body">UTF-8 without a byte order mark; not empty.</param>
    /// <param name="schema">What the body's type takes.</param>
    /// <param name="optional">JSON <c>null</c> is a body too.</param>
    /// <param name="maxMembers">The most members of one object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="unknown">Where the pointers of unknown members go; null where nobody asks.</param>
    public static BodyReading Read(ReadOnlySpan<byte> body, BodySchema schema, bool optional, int maxMembers, InputErrors errors, List<string>? unknown = null) =>
        throw new NotSupportedException();
}
