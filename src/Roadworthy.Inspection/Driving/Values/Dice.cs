namespace Roadworthy.Inspection.Driving;

/// <summary>Chance that is the same for the same seed and the same place, whatever was asked for before.</summary>
internal readonly struct Dice(ulong state)
{
    public static Dice For(int seed, params ReadOnlySpan<string> place)
    {
        var state = 14695981039346656037UL ^ (ulong)(uint)seed;
        foreach (var part in place)
        {
            foreach (var c in part) state = (state ^ c) * 1099511628211UL;
            state = (state ^ 0x1F) * 1099511628211UL;
        }

        return new(state);
    }

    /// <summary>From 0 to one less than <paramref name="below"/>; another for each <paramref name="throwNumber"/>.</summary>
    public int Next(int below, int throwNumber = 0)
    {
        var x = state + 0x9E3779B97F4A7C15UL * (ulong)(throwNumber + 1);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return (int)((x ^ (x >> 31)) % (ulong)Math.Max(below, 1));
    }

    public T Pick<T>(IReadOnlyList<T> from, int throwNumber = 0) => from[Next(from.Count, throwNumber)];

    public Guid Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        for (var at = 0; at < bytes.Length; at++) bytes[at] = (byte)Next(256, at);
        bytes[7] = (byte)(0x40 | (bytes[7] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes);
    }
}
