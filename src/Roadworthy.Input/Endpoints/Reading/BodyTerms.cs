namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>How an endpoint takes its body.</summary>
/// <param name="IsOptional">It may be absent.</param>
/// <param name="IsController">MVC binds it: it takes text/json too, and may have formatters for other content.</param>
internal sealed record BodyTerms(bool IsOptional, bool IsController);
