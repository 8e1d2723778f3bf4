namespace Roadworthy.Inspection.Api;

/// <summary>What an API offers, wherever that was learned.</summary>
internal sealed class ApiDescription
{
    /// <summary>The file or URL it was read from, or what else it comes from.</summary>
    public required string Source { get; init; }

    public string? Title { get; init; }

    /// <summary>Goes before every path, without a slash at its end: <c>/api/v1</c>, or empty.</summary>
    public string Prefix { get; set; } = "";

    public required IReadOnlyList<ApiOperation> Operations { get; init; }

    public IReadOnlyDictionary<string, ApiSecurityScheme> SecuritySchemes { get; init; } = new Dictionary<string, ApiSecurityScheme>(StringComparer.Ordinal);

    /// <summary>What is wrong with the description, a sentence each. None kept the operations above from being read.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}

/// <summary>A method on a path.</summary>
internal sealed class ApiOperation
{
    /// <summary>In capitals: <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The template with the description's <see cref="ApiDescription.Prefix"/> left out: <c>/orders/{id}</c>.</summary>
    public required string Path { get; init; }

    public string? OperationId { get; init; }

    public string? Summary { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    public ApiBody? Body { get; init; }

    /// <summary>By status, as written: <c>200</c>, <c>4XX</c>, <c>default</c>.</summary>
    public IReadOnlyDictionary<string, ApiResponse> Responses { get; init; } = new Dictionary<string, ApiResponse>(StringComparer.Ordinal);

    /// <summary>
    /// Ways to be let in, any of which is enough; each is the schemes that it takes together. Null where nothing is said: empty where
    /// it is said that nothing is needed.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>>? Security { get; init; }

    public bool Deprecated { get; init; }

    /// <summary>Whether it is known by requests alone: what they all have may still be left out.</summary>
    public bool IsLearned { get; init; }

    /// <summary>The line in the description, from 1, for reports; null where there is none.</summary>
    public int? Line { get; init; }

    /// <summary>Names it in reports and results.</summary>
    public string Key => $"{Method} {Path}";

    /// <summary>Whether HTTP says that it changes nothing.</summary>
    public bool IsSafe => Method is "GET" or "HEAD" or "OPTIONS";

    public override string ToString() => Key;
}

/// <summary>Where a parameter stands.</summary>
internal enum ParameterPlace
{
    Path,
    Query,
    Header,
    Cookie,
}

/// <param name="Explode">Whether an array is repeated (<c>a=1&amp;a=2</c>) rather than joined by commas.</param>
internal sealed record ApiParameter(string Name, ParameterPlace Place, bool Required, Schema Schema, bool Explode = true)
{
    public string? Description { get; init; }
}

/// <param name="Content">By media type, as written.</param>
internal sealed record ApiBody(bool Required, IReadOnlyDictionary<string, Schema> Content);

/// <param name="Content">By media type, as written; empty where there is no body.</param>
/// <param name="Headers">The names of headers that are promised.</param>
internal sealed record ApiResponse(IReadOnlyDictionary<string, Schema> Content, IReadOnlyList<string> Headers);

/// <summary>How a caller shows who they are.</summary>
internal enum SecurityKind
{
    Bearer,
    Basic,
    ApiKey,
    OAuth2,
    Other,
}

/// <param name="Place">Of an API key.</param>
/// <param name="Parameter">The API key's header, query parameter or cookie.</param>
/// <param name="TokenPath">Where the password flow of OAuth 2 takes name and password.</param>
internal sealed record ApiSecurityScheme(string Name, SecurityKind Kind, ParameterPlace Place, string? Parameter, string? TokenPath);
