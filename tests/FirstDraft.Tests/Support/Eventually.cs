using System.Diagnostics;

namespace FirstDraft.Tests.Support;

/// <summary>The one way to wait: for a condition, until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Task TrueAsync(string what, Func<bool> condition) => TrueAsync(what, () => Task.FromResult(condition()));

    public static async Task TrueAsync(string what, Func<Task<bool>> condition)
    {
        for (var since = Stopwatch.StartNew(); !await condition(); await Task.Delay(Pause))
            if (since.Elapsed > Limit) Assert.Fail($"Not within {Limit.TotalSeconds} s: {what}.");
    }
}
