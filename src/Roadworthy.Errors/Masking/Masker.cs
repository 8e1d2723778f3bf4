namespace Roadworthy.Errors.Masking;

/// <summary>What every name and text passes on its way into a record.</summary>
internal sealed class Masker
{
    // A secret that is cut off at its end may not be known as one: so more is looked at than is shown.
    private const int Overlap = 1_024;

    private readonly SecretNames _names;
    private readonly TextMasker _texts;

    public Masker(IEnumerable<string> addedNames)
    {
        _names = new SecretNames(addedNames);
        _texts = new TextMasker(_names);
    }

    public bool IsSecret(ReadOnlySpan<char> name) => _names.IsSecret(name);

    /// <summary>The text with its secrets masked.</summary>
    /// <param name="text">Of any length.</param>
    /// <param name="mostChars">How many characters the caller can use.</param>
    /// <param name="cut">How many characters at the end were left out.</param>
    public ReadOnlySpan<char> Apply(string text, int mostChars, out int cut)
    {
        cut = 0;
        if (text.Length - Overlap <= mostChars)
        {
            return _texts.Apply(text);
        }

        var looked = _texts.Apply(text[..(mostChars + Overlap)]);
        var kept = Math.Clamp(looked.Length - Overlap, 0, mostChars);
        if (kept > 0 && char.IsHighSurrogate(looked[kept - 1]))
        {
            kept--;
        }

        cut = text.Length - kept;
        return looked.AsSpan(0, kept);
    }

    public string Apply(string text) => _texts.Apply(text);
}
