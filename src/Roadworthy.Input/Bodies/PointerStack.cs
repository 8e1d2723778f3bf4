using System.Globalization;
using System.Text;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Bodies;

/// <summary>Where a reading stands. It becomes text only for an error (RFC 6901).</summary>
internal sealed class PointerStack
{
    private const int IsIndex = -1;
    private const int NotNamed = -2;

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

    /// <summary>Enters an object or a list; which part of it is said later, or never.</summary>
    public void Push()
    {
        if (_count == _steps.Length) Array.Resize(ref _steps, _count * 2);
        _steps[_count++] = new Step(null, 0, NotNamed);
    }

    public void Pop() => _count--;

    public void SetMember(string name) => _steps[_count - 1] = new Step(name, 0, 0);

    /// <param name="start">Where the name's text begins in the body.</param>
    /// <param name="length">Its length in bytes.</param>
    public void SetMember(int start, int length) => _steps[_count - 1] = new Step(null, start, length);

    public void SetIndex(int index) => _steps[_count - 1] = new Step(null, index, IsIndex);

    public string ToPointer(ReadOnlySpan<byte> body)
    {
        if (_count == 0) return "";
        var text = new StringBuilder();
        foreach (ref readonly var step in _steps.AsSpan(0, _count))
        {
            // The document ended, or stopped being one, before the member's name.
            if (step.Length == NotNamed) break;
            if (step.Length == IsIndex) text.Append(CultureInfo.InvariantCulture, $"/{step.Start}");
            else text.Append(JsonPointer.Segment(step.Name ?? NameText.Read(body.Slice(step.Start, step.Length))));
        }

        return text.ToString();
    }

    private readonly record struct Step(string? Name, int Start, int Length);
}
