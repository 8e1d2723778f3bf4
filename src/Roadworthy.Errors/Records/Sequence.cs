using System.Collections;

namespace Roadworthy.Errors.Records;

internal static class Sequence
{
    /// <summary>The first elements; what went wrong, or that there are more, in <paramref name="rest"/>.</summary>
    public static List<object?> Take(IEnumerable source, int most, out string? rest)
    {
        var taken = new List<object?>();
        rest = null;
        try
        {
            foreach (var element in source)
            {
                if (taken.Count == most)
                {
                    rest = source is ICollection sized ? $"skipped {sized.Count - most}" : "skipped the rest";
                    break;
                }

                taken.Add(element);
            }
        }
#pragma warning disable CA1031 // A sequence that throws is recorded as far as it went.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            rest = Guarded.Describe(thrown);
        }

        return taken;
    }
}
