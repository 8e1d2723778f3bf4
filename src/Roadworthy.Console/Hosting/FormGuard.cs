using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Console.Hosting;

/// <summary>
/// Whether a form was sent from a page of the console: not from another site or origin, as the browser itself says, and with the token
/// that the page was given.
/// </summary>
internal static class FormGuard
{
    /// <returns>Why not, or null.</returns>
    public static async Task<Refusal?> RefuseAsync(HttpContext http, IAntiforgery antiforgery)
    {
        var request = http.Request;
        string? site = request.Headers["Sec-Fetch-Site"];
        if (site is not (null or "" or "same-origin" or "none"))
            return new(StatusCodes.Status403Forbidden, "This form was sent from another site", "Nothing was changed. Open the console itself and press the button there.");

        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(site) && !string.IsNullOrEmpty(origin) && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            return new(StatusCodes.Status403Forbidden, "This form was sent from another origin", "Nothing was changed. Open the console itself and press the button there.");

        if (await IsOursAsync(http, antiforgery)) return null;
        return new(StatusCodes.Status400BadRequest, "This form can't be taken", "Nothing was changed. The page was opened too long ago, or by somebody else: go back, load it again and press the button once more.");
    }

    private static async Task<bool> IsOursAsync(HttpContext http, IAntiforgery antiforgery)
    {
        try
        {
            return http.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(http);
        }
        catch (Exception error) when (error is InvalidDataException or AntiforgeryValidationException)
        {
            // More fields, or longer ones, than any form of ours has: antiforgery tells it in an exception of its own.
            return false;
        }
    }

    internal sealed record Refusal(int Status, string Title, string Advice);
}
