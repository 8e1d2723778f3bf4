namespace Roadworthy.Wire.Tests.Support;

internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Asks again until it is so.</summary>
    public static async Task TrueAsync(Func<Task<bool>> isSo)
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(since) < Limit, "It did not come true within 30 s.");
            await Task.Delay(1);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}})"/>
    public static Task TrueAsync(Func<bool> isSo) => TrueAsync(() => Task.FromResult(isSo()));
}
