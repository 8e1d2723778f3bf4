using Roadworthy.Errors.Tracking;

namespace Roadworthy.Console.Errors;

/// <summary>A frame of a stack as records have it: <c>Shop.PlaceOrder.Handle(Basket basket) in /src/PlaceOrder.cs:line 41</c>.</summary>
/// <param name="Method">What stands before the place.</param>
/// <param name="Place">Such as <c>PlaceOrder.cs:41</c>; null without debugging symbols.</param>
/// <param name="Path">The file as the compiler knew it.</param>
/// <param name="IsOwn">Whether it is of the application's own code.</param>
internal sealed record Frame(string Method, string? Place, string? Path, bool IsOwn)
{
    private static readonly string[] Libraries = ["System.", "Microsoft.", "Npgsql.", "Dapper.", "lambda_method", "Roadworthy.", "---", "skipped "];

    public static Frame Parse(string text, ErrorTrackingOptions? options)
    {
        var own = !Begins(text, Libraries) && !Begins(text, options?.LibraryNamespaces) || Begins(text, options?.OwnNamespaces);
        var at = text.LastIndexOf(" in ", StringComparison.Ordinal);
        var line = text.LastIndexOf(":line ", StringComparison.Ordinal);
        if (at < 0 || line < at + 4) return new(text, Place: null, Path: null, own);
        var path = text[(at + 4)..line];
        return new(text[..at], $"{path[(path.LastIndexOfAny(['/', '\\']) + 1)..]}:{text[(line + 6)..]}", path, own);
    }

    private static bool Begins(string text, IEnumerable<string>? prefixes) =>
        prefixes is not null && prefixes.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal));
}
