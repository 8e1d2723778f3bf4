using System.Text;

namespace Storefront.Tests.Input.Mutations;

/// <summary>Changes of a body's bytes, whatever they mean.</summary>
internal static class ByteMutations
{
    private const int MostBytes = 64;

    public static void Flip(List<byte> body, Random random)
    {
        if (body.Count > 0) body[random.Next(body.Count)] ^= (byte)(1 << random.Next(8));
    }

    public static void Insert(List<byte> body, Random random) => body.Insert(random.Next(body.Count + 1), (byte)random.Next(256));

    public static void InsertInteresting(List<byte> body, Random random) =>
        body.InsertRange(random.Next(body.Count + 1), Encoding.Latin1.GetBytes(Interesting.Bytes[random.Next(Interesting.Bytes.Length)]));

    public static void Delete(List<byte> body, Random random)
    {
        var (start, count) = Slice(body, random);
        body.RemoveRange(start, count);
    }

    public static void Repeat(List<byte> body, Random random)
    {
        var (start, count) = Slice(body, random);
        body.InsertRange(random.Next(body.Count + 1), body.GetRange(start, count));
    }

    public static void Truncate(List<byte> body, Random random)
    {
        var length = random.Next(body.Count + 1);
        body.RemoveRange(length, body.Count - length);
    }

    private static (int Start, int Count) Slice(List<byte> body, Random random)
    {
        var start = random.Next(body.Count + 1);
        return (start, random.Next(Math.Min(MostBytes, body.Count - start) + 1));
    }
}
