using Npgsql;
using Roadworthy.Database;

namespace Roadworthy.Sessions.Store;

/// <summary>
/// Repeats what failed because a connection was gone, at most three times within a third of a second. All that sessions do may run twice: a
/// refresh that was committed though its answer was lost is a replay the second time.
/// </summary>
internal static class Repeat
{
    public static async Task<T> AsyncOf<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var repeat = 1; ; repeat++)
        {
            try
            {
                return await work(cancellationToken);
            }
            catch (NpgsqlException error) when (repeat <= Transience.Repeats && Transience.MayHelp(error))
            {
                await Task.Delay(Transience.DelayBefore(repeat), cancellationToken);
            }
        }
    }
}
