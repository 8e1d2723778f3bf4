using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Endpoints.Values;

/// <summary>Text is taken as it came, unless it holds what PostgreSQL or UTF-8 can't.</summary>
internal sealed class TextReader(bool isTrimmed) : ValueReader
{
    private static readonly ValueFault Nul = new(InputRule.Text, Wording.Nul);
    private static readonly ValueFault Surrogate = new(InputRule.Text, Wording.Surrogate);

    public override bool TakesEmpty => true;

    public override bool IsText => true;

    public override ValueFault? Read(string came, bool wantsValue, out string canonical, out object? value)
    {
        canonical = isTrimmed ? came.Trim() : came;
        value = canonical;
        return Fault(came);
    }

    public static ValueFault? Fault(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? Nul : HasLoneSurrogate(text) ? Surrogate : null;

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var next = text.IndexOfAnyInRange('\uD800', '\uDFFF');
            if (next < 0) return false;
            if (next + 1 == text.Length || !char.IsSurrogatePair(text[next], text[next + 1])) return true;
            text = text[(next + 2)..];
        }
    }
}
