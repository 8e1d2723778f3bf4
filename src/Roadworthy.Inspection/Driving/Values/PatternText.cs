using System.Text;

namespace Roadworthy.Inspection.Driving;

/// <summary>A text for a regular expression, for the simple ones that descriptions hold: classes, groups, repeats, alternatives.</summary>
internal ref struct PatternText
{
    private const int Longest = 2000;

    private readonly string _pattern;
    private readonly Dice _dice;
    private int _at;
    private int _throws;

    private PatternText(string pattern, Dice dice) => (_pattern, _dice) = (pattern, dice);

    /// <summary>Null where the expression is not simple, or what was made of it does not fit after all.</summary>
    public static string? For(string pattern, Dice dice, int? least = null)
    {
        if (pattern.Length > 500) return null;
        try
        {
            var text = new PatternText(pattern, dice).Alternatives(0, least);
            return text is not null && Texts.Matches(pattern, text) ? text : null;
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException or FormatException)
        {
            return null;
        }
    }

    private string? Alternatives(int depth, int? least)
    {
        if (depth > 20) return null;
        string? first = null;
        while (true)
        {
            var text = Sequence(depth, least);
            first ??= text;
            if (_at >= _pattern.Length || _pattern[_at] != '|') return first;
            _at++;
        }
    }

    private string? Sequence(int depth, int? least)
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            var c = _pattern[_at++];
            string? atom;
            string? choices = null;
            switch (c)
            {
                case '^' or '$': continue;
                case '(':
                    var isLook = At("?=") || At("?!") || At("?<=") || At("?<!");
                    if (At("?:")) _at += 2;
                    else if (isLook) _at += 2;
                    else if (At("?<")) _at = _pattern.IndexOf('>', _at) + 1;
                    atom = Alternatives(depth + 1, null);
                    _at++;
                    // What it looks for may be there by chance: whoever asked checks the whole.
                    if (isLook) atom = "";
                    break;
                case '[':
                    choices = Class();
                    atom = null;
                    break;
                case '\\':
                    choices = Escape(_pattern[_at++]);
                    atom = null;
                    break;
                case '.':
                    (choices, atom) = ("abcdefgh", null);
                    break;
                default:
                    atom = c.ToString();
                    break;
            }

            var (from, to) = Repeat();
            var isLast = _at >= _pattern.Length || _pattern[_at] == '$';
            var count = Math.Max(from, Math.Min(to, isLast && least is { } l ? Math.Max(l - text.Length, Math.Min(from + 3, to)) : to == int.MaxValue ? Math.Max(from, 4) : from == 0 ? Math.Min(1, to) : from));
            for (var n = 0; n < count && text.Length < Longest; n++) text.Append(atom ?? (choices!.Length == 0 ? "" : choices[_dice.Next(choices.Length, _throws++)].ToString()));
        }

        return text.ToString();
    }

    private readonly bool At(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    private (int From, int To) Repeat()
    {
        if (_at >= _pattern.Length) return (1, 1);
        (int, int) result;
        switch (_pattern[_at])
        {
            case '*': result = (0, int.MaxValue); break;
            case '+': result = (1, int.MaxValue); break;
            case '?': result = (0, 1); break;
            case '{':
                var end = _pattern.IndexOf('}', _at);
                var parts = _pattern[(_at + 1)..end].Split(',');
                if (!int.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out var from)) return (1, 1);
                var to = parts.Length == 1 ? from : int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var most) ? most : int.MaxValue;
                _at = end;
                result = (from, to);
                break;
            default: return (1, 1);
        }

        _at++;
        if (_at < _pattern.Length && _pattern[_at] == '?') _at++;
        return result;
    }

    private string Class()
    {
        var isNot = _pattern[_at] == '^';
        if (isNot) _at++;
        var chars = new StringBuilder();
        for (var first = true; _pattern[_at] != ']' || first; first = false)
        {
            var c = _pattern[_at++];
            if (c == '\\')
            {
                chars.Append(Escape(_pattern[_at++]));
            }
            else if (_pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                var to = _pattern[_at + 1];
                _at += 2;
                for (var each = c; each <= to && chars.Length < 200; each++) chars.Append(each);
            }
            else
            {
                chars.Append(c);
            }
        }

        _at++;
        if (!isNot) return chars.ToString();
        var not = chars.ToString();
        return string.Concat("abcdefghijkmnpqrstuvwxyz0123456789ABC-_".Where(c => !not.Contains(c, StringComparison.Ordinal)));
    }

    private static string Escape(char c) => c switch
    {
        'd' => "0123456789",
        'w' => "abcdefghijkmnpqrstuvwxyz",
        's' => " ",
        'D' or 'S' or 'W' => c == 'W' ? "-" : "abcdefgh",
        'b' or 'B' => "",
        'n' => "\n",
        't' => "\t",
        _ => c.ToString(),
    };
}
