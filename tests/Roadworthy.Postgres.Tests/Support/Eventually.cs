using System.Diagnostics;

namespace Roadworthy.Postgres.Tests.Support;

internal static class Eventually
{
    /// <summary>Waits until something is so, and fails with what it is instead when the deadline passes.</summary>
    public static async Task IsTrueAsync(Func<bool> condition, Func<string> otherwise, int seconds = 15)
    {
        var elapsed = Stopwatch.StartNew();
        while (!condition())
        {
            if (elapsed.Elapsed.TotalSeconds > seconds) Assert.Fail($"After {seconds} s: {otherwise()}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
