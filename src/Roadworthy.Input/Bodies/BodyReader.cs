using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Bodies;

/// <summary>Reads a whole JSON body once, against what its type takes. Nothing is allocated for a body without a fault.</summary>
internal static class BodyReader
{
    /// <param name="body">UTF-8 without a byte order mark; not empty.</param>
    /// <param name="schema">What the body's type takes.</param>
    /// <param name="optional">JSON <c>null</c> is a body too.</param>
    /// <param name="maxMembers">The most members of one object.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="unknown">Where the pointers of unknown members go; null where nobody asks.</param>
    public static BodyReading Read(ReadOnlySpan<byte> body, BodySchema schema, bool optional, int maxMembers, InputErrors errors, List<string>? unknown = null)
    {
        if (!Utf8.IsValid(body))
        {
            errors.Add("", InputRule.Encoding, $"Must be text in UTF-8, but the bytes at offset {FirstInvalid(body)} are none.");
            return new BodyReading(Readable: false, Document: null);
        }

        return schema.CanBeScanned && CleanScan.IsClean(body, schema, maxMembers)
            ? new BodyReading(Readable: true, Document: null)
            : Walk(body, schema, optional, maxMembers, errors, unknown);
    }

    /// <summary>As <see cref="Read"/>, without the quick first look. The bytes are known to be UTF-8.</summary>
    public static BodyReading Walk(ReadOnlySpan<byte> body, BodySchema schema, bool optional, int maxMembers, InputErrors errors, List<string>? unknown = null)
    {
        var pointer = PointerStack.Take();
        var walk = new BodyWalk(body, schema, maxMembers, errors, unknown, pointer);
        try
        {
            var ended = walk.Run(optional);
            return new BodyReading(ended, ended ? walk.TakeDocument() : null);
        }
        catch (JsonException error)
        {
            errors.Add(walk.Pointer, InputRule.Syntax, SyntaxFault.Describe(body, schema.ReaderOptions, error));
            return new BodyReading(Readable: false, Document: null);
        }
        finally
        {
            walk.Dispose();
            PointerStack.Return(pointer);
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> body)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(body[offset..], out _, out var length) == OperationStatus.Done) offset += length;
        return offset;
    }
}
