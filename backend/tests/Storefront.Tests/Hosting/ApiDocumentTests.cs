using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Storefront.Tests.Support;

namespace Storefront.Tests.Hosting;

public sealed class ApiDocumentTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task The_document_is_valid()
    {
        var read = await ReadAsync();
        Assert.Empty(read.Diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Equal("Storefront", read.Document!.Info.Title);
    }

    [Fact]
    public async Task Every_route_of_the_API_is_in_it_with_its_security()
    {
        var document = (await ReadAsync()).Document!;
        var endpoints = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(endpoints);
        foreach (var endpoint in endpoints)
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            var method = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single();
            var operation = Assert.Contains(path, document.Paths.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal)).Operations![new HttpMethod(method)];
            var responses = operation.Responses!.Keys.ToList();
            Assert.False(string.IsNullOrEmpty(operation.OperationId), $"{method} {path} has no id.");
            Assert.False(string.IsNullOrEmpty(operation.Summary), $"{method} {path} has no summary.");
            if (AccessDecisions.IsOpen(endpoint))
            {
                Assert.True(operation.Security is null or [], $"{method} {path} is open, and the document wants a token.");
                continue;
            }

            Assert.Equal("bearer", Assert.Single(Assert.Single(operation.Security!).Keys).Reference.Id);
            Assert.Contains("401", responses, StringComparer.Ordinal);
            Assert.Equal(AccessDecisions.IsForAdministrators(endpoint), responses.Contains("403", StringComparer.Ordinal));
        }

        Assert.Equal("bearer", document.Components!.SecuritySchemes!["bearer"].Scheme);
    }

    [Fact]
    public async Task Operation_ids_are_told_apart()
    {
        var ids = (await ReadAsync()).Document!.Paths.SelectMany(path => path.Value.Operations!.Values).Select(operation => operation.OperationId).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("/api/signup", "POST", "age email name password", "age email name password")]
    [InlineData("/api/login", "POST", "cookie email password", "email password")]
    [InlineData("/api/password", "POST", "cookie current new", "current new")]
    [InlineData("/api/password/reset", "POST", "new token", "new token")]
    [InlineData("/api/orders", "POST", "items", "items")]
    [InlineData("/api/me", "PATCH", "age name", "")]
    [InlineData("/api/products/{sku}", "PATCH", "name priceCents stock", "")]
    public async Task Each_operation_tells_of_its_own_body_and_not_of_another_of_that_name(string path, string method, string members, string required)
    {
        var body = (await ReadAsync()).Document!.Paths[path].Operations![new HttpMethod(method)].RequestBody!.Content!["application/json"].Schema!;
        Assert.Equal(members, string.Join(' ', body.Properties!.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(required, string.Join(' ', (body.Required ?? new HashSet<string>()).Order(StringComparer.Ordinal)));
    }

    private async Task<ReadResult> ReadAsync()
    {
        var answer = await _host.Anonymous.ReadAsync("/openapi/v1.json");
        await answer.ShouldBeAsync(200);
        return OpenApiDocument.Parse(await answer.Content.ReadAsStringAsync(), "json");
    }
}
