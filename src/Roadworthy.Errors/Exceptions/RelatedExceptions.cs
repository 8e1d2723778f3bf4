using System.Collections;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Exceptions;

/// <summary>The exceptions that an exception holds: its cause, and its children under any name (InnerExceptions, LoaderExceptions, ...).</summary>
internal static class RelatedExceptions
{
    public static List<(Exception Exception, bool IsInner)> Of(Exception exception, int most, out int more)
    {
        more = 0;
        var related = new List<(Exception, bool)>();
        foreach (var property in ExceptionShape.Of(exception.GetType()).Holders)
        {
            var value = Guarded.Property(property, exception, out _);
            if (value is Exception single)
            {
                related.Add((single, false));
            }
            else if (value is IEnumerable several)
            {
                var taken = Sequence.Take(several, most, out _);
                related.AddRange(taken.OfType<Exception>().Select(child => (child, false)));
                more += value is ICollection sized ? Math.Max(0, sized.Count - most) : 0;
            }
        }

        // An AggregateException's cause is its first child.
        if (exception.InnerException is { } inner && !related.Exists(r => ReferenceEquals(r.Item1, inner)))
        {
            related.Insert(0, (inner, true));
        }

        return related;
    }
}
