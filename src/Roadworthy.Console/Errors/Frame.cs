using Roadworthy.Errors.Tracking;

namespace Roadworthy.Console.Errors;

/// <summary>A frame of a stack as records have it: <c>Shop.PlaceOrder.Handle(Basket basket) in /src/PlaceOrder.cs:line 41</c>.</summary>
/// <param name="Method">What stands before the place.</param>
/// <param name="Place">Such as <c>PlaceOrder.cs:41</c>; null without debugging symbols.</param>
/// <param name="Path">The file as the compiler knew it.</param>
/// <param name="IsOwn">Whether it is of the application's own code.</param>
internal sealed record Frame(string Method, string? Place, string? Path, bool IsOwn)
{
    public static Frame Parse(string text, OwnCode code)
    {
        // "skipped 9936" stands where a record left some out.
        var own = !text.StartsWith("skipped ", StringComparison.Ordinal) && code.Owns(text);
        var at = text.LastIndexOf(" in ", StringComparison.Ordinal);
        var line = text.LastIndexOf(":line ", StringComparison.Ordinal);
        if (at < 0 || line < at + 4) return new(text, Place: null, Path: null, own);
        var path = text[(at + 4)..line];
        return new(text[..at], $"{path[(path.LastIndexOfAny(['/', '\\']) + 1)..]}:{text[(line + 6)..]}", path, own);
    }
}
