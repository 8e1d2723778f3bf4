using Roadworthy.Console.Hosting;

namespace Roadworthy.Console.Sessions;

/// <summary>Asks the application who users are, where it can say. A page is not withheld because it can't.</summary>
internal sealed class UserNames(Reach reach, IConsoleUsers? users = null)
{
    private static readonly Dictionary<string, string> None = [];

    public bool CanFind => users is not null;

    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        var known = ids.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (users is null || known.Count == 0) return None;
        return (await reach.AskAsync(cancel => users.NamesAsync(known, cancel), cancellationToken)).Value ?? None;
    }

    public async Task<string> FindAsync(string text, CancellationToken cancellationToken) =>
        users is null || text.Length == 0 ? text : (await reach.AskAsync(cancel => users.FindAsync(text, cancel), cancellationToken)).Value ?? text;
}
