using System.Collections;
using System.Runtime.InteropServices;
using Npgsql;

namespace Roadworthy.Queries.Recording;

/// <summary>The values of one call, as hashes that tell the same from different and nothing else. They are keyed anew in every process.</summary>
/// <param name="Scalars">Of single values, literals among them.</param>
/// <param name="Arrays">Of arrays.</param>
/// <param name="IsKnown">Whether the values are known at all.</param>
/// <param name="HasMany">Whether an array holds more than one value: a statement for many things at once.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Binding(int Scalars, int Arrays, bool IsKnown, bool HasMany)
{
    // Megabytes in a value are not read to their end: what is equal so far, and in length, is taken for equal.
    private const int MostElements = 64;
    private const int MostCharacters = 1_024;

    public static Binding Unknown => default;

    public static Binding Of(NpgsqlParameterCollection parameters)
    {
        var (scalars, arrays, hasMany) = (default(HashCode), default(HashCode), false);
        for (var n = 0; n < parameters.Count; n++)
        {
            switch (parameters[n].Value)
            {
                case null or DBNull:
                    scalars.Add(0);
                    break;
                case string text:
                    Add(ref scalars, text);
                    break;
                case byte[] bytes:
                    scalars.Add(bytes.Length);
                    scalars.AddBytes(bytes.AsSpan(0, Math.Min(bytes.Length, MostCharacters)));
                    break;
                case ICollection list:
                    hasMany |= list.Count > 1;
                    Add(ref arrays, list);
                    break;
                case var value:
                    scalars.Add(value);
                    break;
            }
        }

        return new(scalars.ToHashCode(), arrays.ToHashCode(), true, hasMany);
    }

    public Binding With(int literals) => literals == 0 ? this : this with { Scalars = HashCode.Combine(Scalars, literals) };

    private static void Add(ref HashCode hash, string text)
    {
        hash.Add(text.Length);
        hash.Add(string.GetHashCode(text.AsSpan(0, Math.Min(text.Length, MostCharacters)), StringComparison.Ordinal));
    }

    private static void Add(ref HashCode hash, ICollection list)
    {
        hash.Add(list.Count);
        var left = MostElements;
        foreach (var element in list)
        {
            if (left-- == 0) return;
            hash.Add(element);
        }
    }
}
