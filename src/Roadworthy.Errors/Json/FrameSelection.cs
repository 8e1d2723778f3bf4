using Roadworthy.Errors.Exceptions;

namespace Roadworthy.Errors.Json;

/// <summary>How many of a stack's first and last frames fit: two from where it was thrown for each one from where it began.</summary>
internal static class FrameSelection
{
    private const int ForSkipped = 32;
    private const int Punctuation = 3;

    public static (int First, int Last) Fit(StackLines frames, int room, int mostEach)
    {
        var total = 0;
        for (var i = 0; i < frames.Count; i++)
        {
            total += Size(frames, i, mostEach);
        }

        if (total + ForSkipped <= room)
        {
            var first = Math.Min(frames.Count, StackLines.MostAtEachEnd);
            return (first, frames.Count - first);
        }

        room -= ForSkipped;
        var taken = (First: 0, Last: 0);
        while (taken.First + taken.Last < frames.Count)
        {
            var fromEnd = (taken.First + taken.Last) % 3 == 2;
            room -= Size(frames, fromEnd ? frames.Count - 1 - taken.Last : taken.First, mostEach);
            if (room < 0)
            {
                break;
            }

            taken = fromEnd ? (taken.First, taken.Last + 1) : (taken.First + 1, taken.Last);
        }

        return taken;
    }

    private static int Size(StackLines frames, int line, int mostEach)
    {
        var bytes = Punctuation;
        foreach (var c in frames[line])
        {
            bytes += c switch { '\\' or '"' => 2, < ' ' => 6, < '\u007F' => 1, _ => 6 };
        }

        return Math.Min(bytes, mostEach + Punctuation);
    }
}
