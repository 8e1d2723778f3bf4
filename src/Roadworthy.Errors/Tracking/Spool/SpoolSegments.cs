namespace Roadworthy.Errors.Tracking.Spool;

/// <summary>Segments as they are read and removed.</summary>
internal static class SpoolSegments
{
    /// <summary>An entry that was read.</summary>
    /// <param name="Sequence">Its number; counts from 1 in each spool.</param>
    /// <param name="Bytes">What it takes in the queue.</param>
    /// <param name="Occurrence">Null where this version can't read it.</param>
    public readonly record struct Entry(long Sequence, int Bytes, ErrorOccurrence? Occurrence);

    /// <summary>The whole entries of a segment; what is torn at its end is passed over.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">How much of it is written.</param>
    public static IEnumerable<Entry> Read(string path, int most)
    {
        ReadOnlyMemory<byte> bytes = ReadBytes(path, most);
        if (!bytes.Span.StartsWith(SpoolBytes.Magic))
        {
            yield break;
        }

        var offset = SpoolBytes.Magic.Length;
        var before = offset;
        while (SpoolBytes.TryRead(bytes, ref offset, out var sequence, out var payload))
        {
            yield return new Entry(sequence, offset - before, OccurrenceBytes.Read(payload));
            before = offset;
        }
    }

    public static long SizeOf(SpoolFolder folder) => folder.Segments().Sum(segment => new FileInfo(folder.PathOf(segment)) is { Exists: true } file ? file.Length : 0);

    /// <returns>How many bytes it had.</returns>
    public static long Remove(SpoolFolder folder, int segment, SpoolBudget budget)
    {
        var file = new FileInfo(folder.PathOf(segment));
        if (!file.Exists)
        {
            return 0;
        }

        var length = file.Length;
        file.Delete();
        budget.Give(length);
        return length;
    }

    private static byte[] ReadBytes(string path, int most)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[(int)Math.Min(Math.Min(RandomAccess.GetLength(file), most), 2L * SpoolBytes.MostBody)];
        var read = 0;
        while (read < bytes.Length)
        {
            var count = RandomAccess.Read(file, bytes.AsSpan(read), read);
            if (count == 0)
            {
                break;
            }

            read += count;
        }

        return read == bytes.Length ? bytes : bytes[..read];
    }
}
