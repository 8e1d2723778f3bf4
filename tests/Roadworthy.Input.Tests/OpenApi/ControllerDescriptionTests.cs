using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Roadworthy.Input.Tests.OpenApi;

public sealed class ControllerDescriptionTests
{
    [Fact]
    public async Task A_controllers_body_is_described_and_its_other_parameters_are_left_alone()
    {
        var described = await Described.ByAsync(app => app.MapControllers(), AddControllers);
        Assert.Equal(["200", "400", "413", "415"], described.At("paths", "/described/{id}", "post", "responses").EnumerateObject().Select(response => response.Name));
        Assert.Matches(described.Body("/described/{id}").GetProperty("properties").GetProperty("count").GetProperty("pattern").GetString()!, "4.0");
        var id = described.At("paths", "/described/{id}", "post", "parameters").EnumerateArray().Single().GetProperty("schema");
        Assert.DoesNotMatch(id.GetProperty("pattern").GetString()!, "4.0");
    }

    [Fact]
    public async Task A_document_of_an_older_version_is_written_too()
    {
        var described = await Described.ByAsync(
            app => app.MapPost("/", (Body body) => body),
            services => services.ConfigureAll<OpenApiOptions>(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0));
        Assert.StartsWith("3.0", described.At("openapi").GetString(), StringComparison.Ordinal);
        Assert.True(described.Schema("BodyInput").GetProperty("properties").TryGetProperty("count", out _));
    }

    private static void AddControllers(IServiceCollection services) => services.AddControllers().AddApplicationPart(typeof(DescribedController).Assembly);

    public sealed record Body(int Count);
}

[ApiController]
[Route("described")]
public sealed class DescribedController : ControllerBase
{
    [HttpPost("{id}")]
    public ActionResult<string> Post(int id, ControllerDescriptionTests.Body body) => Ok($"{id} {body.Count}");
}
