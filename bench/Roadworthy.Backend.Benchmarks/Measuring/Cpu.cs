using System.Globalization;

namespace Roadworthy.Backend.Benchmarks.Measuring;

/// <summary>CPU time of processes, user's and system's, from /proc: Linux only, in steps of 10 ms.</summary>
internal static class Cpu
{
    private const int ParentField = 1;
    private const int OwnFields = 11;
    private const int EndedChildrenFields = 13;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static TimeSpan Of(int process) => Sum(Stat(process.ToString(CultureInfo.InvariantCulture))!, OwnFields);

    /// <summary>A process, its children, and those of them that have ended.</summary>
    public static TimeSpan OfFamily(int process)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        var parent = Stat(id)!;
        var children = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => char.IsAsciiDigit(name![0]))
            .Select(name => Stat(name!))
            .OfType<string[]>()
            .Where(stat => stat[ParentField] == id);
        return children.Aggregate(Sum(parent, OwnFields) + Sum(parent, EndedChildrenFields), (sum, child) => sum + Sum(child, OwnFields));
    }

    private static TimeSpan Sum(string[] stat, int field) =>
        Tick * (long.Parse(stat[field], CultureInfo.InvariantCulture) + long.Parse(stat[field + 1], CultureInfo.InvariantCulture));

    /// <returns>The fields behind the name, which may hold blanks and brackets. Null for a process that is gone.</returns>
    private static string[]? Stat(string process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
