using System.Diagnostics;

namespace Roadworthy.Queries.Tests.Support;

/// <summary>The one way to wait: for a condition, until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> TrueAsync(string what, Func<Task<bool>> condition, TimeSpan? within = null)
    {
        var limit = within ?? Usual;
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            if (since.Elapsed > limit) Assert.Fail($"Not within {limit.TotalSeconds} s: {what}.");
            await Task.Delay(Pause);
        }

        return since.Elapsed;
    }

    public static Task<TimeSpan> TrueAsync(string what, Func<bool> condition, TimeSpan? within = null) =>
        TrueAsync(what, () => Task.FromResult(condition()), within);
}
