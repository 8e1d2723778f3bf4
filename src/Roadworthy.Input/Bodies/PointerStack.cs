using System.Globalization;
using System.Text;

namespace Roadworthy.Input.Bodies;

/// <summary>Where a reading stands. It becomes text only for an error (RFC 6901).</summary>
internal sealed class PointerStack
{
    [ThreadStatic]
    private static PointerStack? _free;

    private Step[] _steps = new Step[32];
    private int _count;

    public static PointerStack Take()
    {
        var stack = _free ?? new PointerStack();
        _free = null;
        stack._count = 0;
        return stack;
    }

    public static void Return(PointerStack stack) => _free = stack;

    /// <summary>Enters a member; which one is said by <see cref="SetMember(string)"/>, or never.</summary>
    public void Push()
    {
        if (_count == _steps.Length) Array.Resize(ref _steps, _count * 2);
        _steps[_count++] = default;
    }

    public void Pop() => _count--;

    public void SetMember(string name) => _steps[_count - 1] = new Step(name, 0, 0);

    /// <param name="start">Where the name's text begins in the body.</param>
    /// <param name="length">Its length in bytes.</param>
    public void SetMember(int start, int length) => _steps[_count - 1] = new Step(null, start, length);

    public void SetIndex(int index) => _steps[_count - 1] = new Step(null, index, -1);

    public string ToPointer(ReadOnlySpan<byte> body)
    {
        if (_count == 0) return "";
        var text = new StringBuilder();
        foreach (ref readonly var step in _steps.AsSpan(0, _count))
        {
            text.Append('/');
            if (step.Length < 0) text.Append(CultureInfo.InvariantCulture, $"{step.Start}");
            else Append(text, step.Name ?? NameText.Read(body.Slice(step.Start, step.Length)));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name)
    {
        // A name is the client's: an error does not repeat a megabyte of it.
        const int Longest = 200;
        if (name.Length > Longest) name = string.Concat(name.AsSpan(0, Longest), "...");
        text.Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
    }

    /// <summary>A length below 0 makes <paramref name="Start"/> an index.</summary>
    private readonly record struct Step(string? Name, int Start, int Length);
}
