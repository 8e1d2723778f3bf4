namespace Roadworthy.Console;

/// <summary>
/// Says who users are, for people who know addresses and not ids. Optional: register one with the application's services, scoped to what it needs.
/// Without it, or where it fails, the pages show what the user view's claims say (<c>email</c>, <c>name</c>), else ids.
/// </summary>
public interface IConsoleUsers
{
    /// <summary>What to call users, by id; whoever is not known is left out.</summary>
    /// <param name="userIds">The ids on a page: 200 at most, each once, as sessions have them.</param>
    /// <param name="cancellationToken">Ends with the request, and after <see cref="ConsoleOptions.Patience"/>.</param>
    Task<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <summary>The id of the user whom an operator looks for; null where there is none, and the text is then taken for an id.</summary>
    /// <param name="text">What was typed: 1 to 200 characters, trimmed.</param>
    /// <param name="cancellationToken">Ends with the request, and after <see cref="ConsoleOptions.Patience"/>.</param>
    Task<string?> FindAsync(string text, CancellationToken cancellationToken);
}
