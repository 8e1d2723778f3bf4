namespace Roadworthy.Input.Bodies;

/// <summary>The body as it is handed on: copied lazily, only where something of it changes.</summary>
internal ref struct SplicedBody(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private PooledBuffer? _document;

    /// <summary>The document has all of the body before this offset.</summary>
    private int _copied;

    /// <summary>The rewritten body, which is now the caller's; null where nothing changed.</summary>
    public PooledBuffer? TakeDocument()
    {
        var document = _document;
        if (document is not null) CopyTo(_body.Length);
        _document = null;
        return document;
    }

    public void Dispose()
    {
        _document?.Dispose();
        _document = null;
    }

    public void Replace(int start, int end, scoped ReadOnlySpan<byte> with)
    {
        CopyTo(start);
        Document().Write(with);
        _copied = end;
    }

    /// <param name="start">Where the JSON string begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="with">The new text, escaped where it has to be.</param>
    public void ReplaceQuoted(int start, int end, scoped ReadOnlySpan<byte> with)
    {
        Replace(start, end, "\""u8);
        Document().Write(with);
        Document().Write("\""u8);
    }

    public void Insert(int at, Discriminator discriminator, ReadOnlySpan<byte> value)
    {
        ReplaceQuoted(at, at, discriminator.Utf8Name);
        Document().Write(":"u8);
        Document().Write(value);
    }

    public void BeginMember(ref Cut cut, int start)
    {
        if (!cut.IsLeading) return;

        // What was cut stood before this member, and so did the comma between them.
        cut.Mark = Document().Length;
        if (cut.NeedsComma) Document().Write(","u8);
        _copied = start;
    }

    public void EndMember(ref Cut cut, int end, bool isKept)
    {
        if (isKept)
        {
            cut.HasKept = true;
            cut.IsLeading = false;
        }
        else if (cut.IsLeading)
        {
            Document().Truncate(cut.Mark);
            _copied = end;
        }
        else
        {
            Document();
            CopyTo(cut.PreviousEnd);
            _copied = end;
            cut.IsLeading = !cut.HasKept;
        }

        cut.PreviousEnd = end;
    }

    private PooledBuffer Document() => _document ??= new PooledBuffer(_body.Length + 64);

    private void CopyTo(int offset)
    {
        if (offset <= _copied) return;
        Document().Write(_body[_copied..offset]);
        _copied = offset;
    }
}
