using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Rules;

/// <summary>The parts of a body that could not be read: they hold defaults, and rules must not speak of them.</summary>
internal sealed class UnreadPointers
{
    private static readonly UnreadPointers None = new(new InputErrors(0));

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _refused;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _above;

    private UnreadPointers(InputErrors errors)
    {
        var refused = new HashSet<string>(StringComparer.Ordinal);
        var above = new HashSet<string>(StringComparer.Ordinal);
        foreach (var error in errors.Kept)
        {
            if (error.Key is not ("" or ['/', ..]) || !refused.Add(error.Key)) continue;
            for (var part = error.Key; above.Add(part) && part.Length > 0;) part = part[..part.LastIndexOf('/')];
        }

        Any = refused.Count > 0;
        _refused = refused.GetAlternateLookup<ReadOnlySpan<char>>();
        _above = above.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool Any { get; }

    /// <param name="errors">The errors of reading; those of parameters are none of ours.</param>
    public static UnreadPointers Of(InputErrors errors) => errors.Any ? new UnreadPointers(errors) : None;

    /// <summary>Just this part could not be read.</summary>
    public bool Has(ReadOnlySpan<char> pointer) => Any && _refused.Contains(pointer);

    /// <summary>This part or one below it could not be read.</summary>
    public bool HasAtOrBelow(ReadOnlySpan<char> pointer) => Any && _above.Contains(pointer);

    /// <summary>This part or one above it could not be read.</summary>
    public bool HasAtOrAbove(ReadOnlySpan<char> pointer)
    {
        if (!Any) return false;
        while (true)
        {
            if (_refused.Contains(pointer)) return true;
            if (pointer.IsEmpty) return false;
            pointer = pointer[..Math.Max(pointer.LastIndexOf('/'), 0)];
        }
    }
}
