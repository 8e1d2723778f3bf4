namespace Roadworthy.Wire.Codec;

/// <summary>What is looked at of an ErrorResponse.</summary>
internal readonly struct ErrorFields(SqlState state, bool isFatal)
{
    public SqlState State => state;

    /// <summary>Whether the server closes the connection behind it.</summary>
    public bool IsFatal => isFatal;

    public static ErrorFields Read(ReadOnlySpan<byte> body)
    {
        var (state, isFatal) = (default(SqlState), false);
        var reader = new BodyReader(body);
        while (reader.Byte() is var field and not 0)
        {
            var value = reader.CString();
            if (field == (byte)'C') state = SqlState.From(value);
            // The one that is not translated; servers before 9.6 have only the other.
            if (field is (byte)'V' or (byte)'S') isFatal |= value.SequenceEqual("FATAL"u8) || value.SequenceEqual("PANIC"u8);
        }

        return new(state, isFatal);
    }
}
