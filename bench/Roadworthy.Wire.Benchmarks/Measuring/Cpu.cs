using System.Globalization;

namespace Roadworthy.Wire.Benchmarks.Measuring;

/// <summary>CPU time of a process, user's and system's, from /proc: Linux only, in steps of 10 ms.</summary>
internal static class Cpu
{
    private const int UserField = 11;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static TimeSpan Of(int process)
    {
        var line = File.ReadAllText($"/proc/{process}/stat");
        // Behind the name, which may hold blanks and brackets.
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return Tick * (long.Parse(fields[UserField], CultureInfo.InvariantCulture) + long.Parse(fields[UserField + 1], CultureInfo.InvariantCulture));
    }
}
