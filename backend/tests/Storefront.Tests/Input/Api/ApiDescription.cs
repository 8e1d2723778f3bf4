using System.Text.Json;
using Storefront.Tests.Support;

namespace Storefront.Tests.Input.Api;

/// <summary>What can be asked of the running backend, as its own OpenAPI document says.</summary>
internal static class ApiDescription
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    public static async Task<IReadOnlyList<Operation>> ReadAsync(StorefrontHost host)
    {
        var document = await host.Anonymous.ReadAsync("/openapi/v1.json").ShouldBeAsync(200);
        var operations = Read(document).ToList();
        Assert.NotEmpty(operations);
        return operations;
    }

    private static IEnumerable<Operation> Read(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where Methods.Contains(operation.Name, StringComparer.Ordinal)
        select new Operation(
            operation.Value.GetProperty("operationId").GetString()!,
            new HttpMethod(operation.Name.ToUpperInvariant()),
            path.Name,
            operation.Value.TryGetProperty("security", out var security) && security.GetArrayLength() > 0,
            [.. Parameters(document, path.Value), .. Parameters(document, operation.Value)],
            Body(document, operation.Value));

    private static IEnumerable<Parameter> Parameters(JsonElement document, JsonElement owner) =>
        owner.TryGetProperty("parameters", out var parameters)
            ? from parameter in parameters.EnumerateArray()
              select new Parameter(
                  parameter.GetProperty("name").GetString()!,
                  parameter.GetProperty("in").GetString()!,
                  parameter.TryGetProperty("required", out var required) && required.GetBoolean(),
                  new(document, parameter.GetProperty("schema")))
            : [];

    private static Schema? Body(JsonElement document, JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body)
            ? new(document, body.GetProperty("content").GetProperty("application/json").GetProperty("schema"))
            : null;
}

/// <summary>One route with one method.</summary>
/// <param name="Closed">It wants an access token.</param>
/// <param name="Body">The JSON body that it takes; null where it takes none.</param>
internal sealed record Operation(string Id, HttpMethod Method, string Path, bool Closed, IReadOnlyList<Parameter> Parameters, Schema? Body)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <param name="In">path, query or header.</param>
internal sealed record Parameter(string Name, string In, bool Required, Schema Schema)
{
    /// <summary>What an answer calls it.</summary>
    public string Key => $"{In}:{Name}";
}
