using System.Diagnostics;

namespace Roadworthy.Errors.Tests.Support;

/// <summary>The one way to wait: for a condition, until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(string what, Func<Task<bool>> condition)
    {
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            if (since.Elapsed > Limit)
            {
                Assert.Fail($"Not within {Limit.TotalSeconds} s: {what}.");
            }

            await Task.Delay(Pause);
        }
    }

    public static Task TrueAsync(string what, Func<bool> condition) => TrueAsync(what, () => Task.FromResult(condition()));
}
