using System.Diagnostics;

namespace Roadworthy.Console.Tests.Support;

/// <summary>The one way to wait: for a condition, until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> find)
        where T : class
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            if (await find() is { } found) return found;
            if (since.Elapsed > Usual) Assert.Fail($"Not within {Usual.TotalSeconds} s: {what}.");
            await Task.Delay(20);
        }
    }
}
