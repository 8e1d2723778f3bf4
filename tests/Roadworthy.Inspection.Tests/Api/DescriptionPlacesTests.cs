using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Tests.Api;

public sealed class DescriptionPlacesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("roadworthy-inspection-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_read_me_and_the_code_say_where_the_description_is_served()
    {
        Write("README.md", "Run it, and open http://localhost:3000/v2/api-explorer/docs in your browser. See https://example.com/docs, too.\n");
        Write("src/app.js", "const swaggerUi = require('swagger-ui-express');\napp.use('/manual', swaggerUi.serve, swaggerUi.setup(spec));\napp.use('/health', health);\n");
        Write("node_modules/swagger/readme.md", "http://localhost:3000/foreign/docs");
        var places = DescriptionPlaces.In(_folder);
        Assert.Equal("/v2/api-explorer/docs", places[0]);
        Assert.Contains("/manual", places);
        Assert.Contains("/api/v1/manual", places);
        Assert.DoesNotContain(places, place => place.Contains("foreign", StringComparison.Ordinal) || place.Contains("health", StringComparison.Ordinal) || place == "/docs");
    }

    [Fact]
    public void A_collection_of_Postman_describes_where_nothing_else_does()
    {
        Write("docs/Shop.postman_collection.json", PostmanFileTests.Collection);
        Assert.Contains("POST /api/users", DescriptionSearch.InFiles(_folder)!.Operations.Select(operation => operation.Key));
        Write("docs/openapi.json", """{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{"/better":{"get":{"responses":{"200":{"description":"ok"}}}}}}""");
        Assert.Equal(["GET /better"], DescriptionSearch.InFiles(_folder)!.Operations.Select(operation => operation.Key));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
