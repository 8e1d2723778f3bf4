using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Roadworthy.Input.OpenApi;

namespace Roadworthy.Input.Tests.OpenApi;

/// <summary>The OpenAPI document of an application, as its clients read it.</summary>
internal sealed class Described
{
    private Described(JsonElement document) => Document = document;

    public JsonElement Document { get; }

    public static async Task<Described> ByAsync(Action<WebApplication> routes, Action<IServiceCollection>? services = null, bool guarded = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddOpenApi();
        if (guarded) builder.Services.AddInputOpenApi().AddInputOpenApi();
        services?.Invoke(builder.Services);
        await using var app = builder.Build();
        app.MapOpenApi();
        routes(app);
        await app.StartAsync();
        var response = await app.GetTestClient().GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return new Described(JsonElement.Parse(JsonNode.Parse(text)!.ToJsonString()));
    }

    /// <summary>What a path of names leads to, followed through references.</summary>
    public JsonElement At(params string[] names)
    {
        var element = Document;
        foreach (var name in names) element = Follow(Follow(element).GetProperty(name));
        return Follow(element);
    }

    public JsonElement Schema(string name) => At("components", "schemas", name);

    /// <summary>The names of all components.</summary>
    public IEnumerable<string> Schemas => Document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => schema.Name);

    /// <summary>The schema of a parameter.</summary>
    public JsonElement Parameter(string path, string name) => Follow(At("paths", path, "get", "parameters").EnumerateArray()
        .Single(parameter => string.Equals(parameter.GetProperty("name").GetString(), name, StringComparison.Ordinal)).GetProperty("schema"));

    public JsonElement Body(string path) => At("paths", path, "post", "requestBody", "content", "application/json", "schema");

    public JsonElement Answer(string path, string method, string status, string mediaType = "application/json") =>
        At("paths", path, method, "responses", status, "content", mediaType, "schema");

    private JsonElement Follow(JsonElement element)
    {
        while (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference))
        {
            element = Document;
            foreach (var name in reference.GetString()!.Split('/').Skip(1)) element = element.GetProperty(name);
        }

        return element;
    }
}
