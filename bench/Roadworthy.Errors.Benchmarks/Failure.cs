using System.Runtime.CompilerServices;

namespace Roadworthy.Errors.Benchmarks;

/// <summary>An exception as a service throws it: some thirty frames deep, with a cause.</summary>
internal static class Failure
{
    private const int Depth = 26;

    public static Exception Thrown(int number)
    {
        try
        {
            Descend(Depth, number);
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }

        throw new InvalidOperationException("Nothing was thrown.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Descend(int left, int number)
    {
        if (left > 0) return Descend(left - 1, number) + 1;
        try
        {
            return Parse(number);
        }
        catch (FormatException cause)
        {
            throw new InvalidOperationException($"Order {number} can't be read", cause);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Parse(int number) => number < 0 ? 0 : throw new FormatException($"'{number}x' is no number");
}
