using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Api.Postman;
using Roadworthy.Inspection.Api.Traffic;

namespace Roadworthy.Inspection.Tests.Api;

public sealed class PostmanFileTests
{
    internal const string Collection =
        """
        {
          "info": { "name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
          "variable": [{ "key": "base", "value": "http://localhost:3000/api" }],
          "item": [
            {
              "name": "People",
              "item": [
                { "name": "Register", "request": { "method": "POST", "url": "{{base}}/users", "body": { "mode": "raw", "raw": "{\"user\": {\"email\": \"{{EMAIL}}\", \"name\": \"Ada\", \"age\": 36, // years\n \"plan\": {{plan}} } }" } } },
                { "name": "Me", "request": { "method": "GET", "auth": { "type": "bearer" }, "url": { "raw": "{{base}}/users/me?verbose=true&off=1", "query": [{ "key": "verbose", "value": "true" }, { "key": "off", "value": "1", "disabled": true }] } } }
              ]
            },
            { "name": "One", "request": { "method": "GET", "url": { "raw": "{{HOST}}:{{PORT}}/api/articles/{{slug}}?tag=", "host": ["x"] } } },
            { "name": "Change", "request": { "method": "PUT", "url": { "raw": "http://localhost:3000/api/articles/7", "path": ["articles", "7"] }, "body": { "mode": "urlencoded", "urlencoded": [{ "key": "title", "value": "New" }] } }, "response": [{ "code": 404, "body": "{}" }, { "code": 200, "body": "{\"id\": 7}" }] },
            { "name": "Picture", "request": { "method": "POST", "url": "{{base}}/articles/:slug/pictures", "body": { "mode": "formdata", "formdata": [{ "key": "caption", "value": "A hill", "type": "text" }] } } },
            { "name": "Bare", "request": "http://localhost:3000/api/health" },
            { "name": "No address", "request": { "method": "GET" } }
          ]
        }
        """;

    [Fact]
    public void Requests_are_learned_from_as_if_they_had_been_recorded()
    {
        var description = TrafficLearner.Learn(PostmanFile.Read(Collection, "shop.json"), "shop.json");
        Assert.Equal(
            ["GET /api/articles/{slug}", "PUT /api/articles/{slug}", "POST /api/articles/{slug}/pictures", "GET /api/health", "POST /api/users", "GET /api/users/me"],
            description.Operations.Select(operation => operation.Key));
        var register = description.Operations.Single(operation => operation.Path == "/api/users");
        var user = register.Body!.Content["application/json"].Properties["user"];
        Assert.Equal(["age", "email", "name", "plan"], user.Properties.Keys.Order());
        Assert.Equal((SchemaTypes.Integer, SchemaTypes.String), (user.Properties["age"].Types, user.Properties["email"].Types));
        Assert.Empty(user.Properties["email"].Examples);
        Assert.Equal("Ada", user.Properties["name"].Examples.Single().ToString());
        var me = description.Operations.Single(operation => operation.Path == "/api/users/me");
        Assert.NotNull(me.Security);
        Assert.Equal(["verbose"], me.Parameters.Select(parameter => parameter.Name));
        Assert.Contains("title", description.Operations.Single(operation => operation.Method == "PUT").Body!.Content["application/x-www-form-urlencoded"].Properties.Keys);
        Assert.Contains("caption", description.Operations.Single(operation => operation.Path.EndsWith("/pictures", StringComparison.Ordinal)).Body!.Content["multipart/form-data"].Properties.Keys);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"info":{}}""")]
    public void What_is_no_collection_is_said_to_be_none(string text) => Assert.Throws<DescriptionException>(() => PostmanFile.Read(text, "x.json"));
}
