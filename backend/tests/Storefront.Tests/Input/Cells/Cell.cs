using System.Net.Http.Headers;
using System.Text;
using Storefront.Tests.Input.Api;

namespace Storefront.Tests.Input.Cells;

/// <summary>One kind of input at one place of one operation, and what has to come of it.</summary>
/// <param name="Place">The key of the field, or what of the request is meant.</param>
/// <param name="Kind">The kind of input, in words.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Body">The bytes; null for a request without a body.</param>
/// <param name="Header">A header in place of the sample's.</param>
internal sealed record Cell(Operation Operation, string Place, string Kind, Expected Expected, string Target, byte[]? Body, string? ContentType = "application/json", (string Name, string Line)? Header = null)
{
    private const int Shown = 400;

    /// <param name="host">The backend.</param>
    /// <param name="headers">The sample's headers.</param>
    public HttpRequestMessage ToRequest(Uri host, IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(Operation.Method, Address(host));
        foreach (var (name, value) in headers.Where(header => header.Name != Header?.Name)) request.Headers.TryAddWithoutValidation(name, value);
        if (Header is { } own) request.Headers.TryAddWithoutValidation(own.Name, own.Line);
        if (Body is null) return request;
        request.Content = new ByteArrayContent(Body);
        if (ContentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        // Else the refusal of a body that is too long could be lost while it is still being sent.
        if (Body.Length > 100_000) request.Headers.ExpectContinue = true;
        return request;
    }

    public string Explain(string fault, string answer) =>
        $"{Operation}, {Place}: {Kind}\n  {fault}\n  sent:     {Operation.Method} {Target} {Header}{(Body is null ? "" : $" ({ContentType ?? "no content type"}, {Body.Length} bytes) {Show(Body)}")}\n  answered: {answer}";

    private Uri Address(Uri host) => new($"{host.GetLeftPart(UriPartial.Authority)}{Target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static string Show(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, Shown));
        return string.Concat(text.Select(c => c is < ' ' or > '~' ? $"<{(int)c:x2}>" : c.ToString())) + (body.Length > Shown ? "..." : "");
    }
}
