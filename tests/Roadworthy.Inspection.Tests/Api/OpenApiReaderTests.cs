using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Api.OpenApi;

namespace Roadworthy.Inspection.Tests.Api;

public sealed class OpenApiReaderTests
{
    private const string Shop = """
        openapi: 3.1.0
        info: { title: Shop, version: '1' }
        servers: [{ url: 'https://api.example.com/{base}/', variables: { base: { default: v2 } } }]
        security: [{ bearer: [] }]
        components:
          securitySchemes:
            bearer: { type: http, scheme: bearer }
          schemas:
            Base: { type: object, required: [id], properties: { id: { type: string, format: uuid, readOnly: true } } }
            Order:
              allOf:
                - $ref: '#/components/schemas/Base'
                - type: object
                  required: [quantity]
                  properties:
                    quantity: { type: [integer, 'null'], minimum: 1, exclusiveMaximum: 100 }
                    state: { type: string, enum: [open, closed] }
                    parent: { anyOf: [{ $ref: '#/components/schemas/Order' }, { type: 'null' }] }
        paths:
          /orders/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
            get:
              tags: [orders]
              security: []
              responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
            put:
              requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
              responses: { '204': { description: done, headers: { ETag: { schema: { type: string } } } } }
        """;

    [Fact]
    public void An_operation_has_its_parameters_body_security_and_line()
    {
        var description = OpenApiReader.Read(Shop, "shop.yaml");
        Assert.Equal("/v2", description.Prefix);
        var put = Assert.Single(description.Operations, operation => operation.Key == "PUT /orders/{id}");
        Assert.Equal("uuid", Assert.Single(put.Parameters).Schema.Format);
        Assert.Equal([["bearer"]], put.Security!);
        Assert.Equal(26, put.Line);
        Assert.Equal(["ETag"], put.Responses["204"].Headers);
        Assert.Empty(description.Operations.Single(operation => operation.Method == "GET").Security!);
        Assert.Equal(SecurityKind.Bearer, description.SecuritySchemes["bearer"].Kind);
        Assert.Empty(description.Faults);
    }

    [Fact]
    public void Parts_of_a_schema_are_one_and_a_cycle_of_references_is_a_cycle()
    {
        var schema = OpenApiReader.Read(Shop, "shop.yaml").Operations[1].Body!.Content["application/json"];
        Assert.Equal(["id", "parent", "quantity", "state"], schema.Properties.Keys.Order());
        Assert.Equal(["id", "quantity"], schema.Required.Order());
        var quantity = schema.Properties["quantity"];
        Assert.Equal((1m, 100m, true, true), (quantity.Minimum, quantity.Maximum, quantity.ExclusiveMaximum, quantity.Nullable));
        Assert.Equal(2, schema.Properties["state"].Enum.Count);
        Assert.True(schema.Properties["parent"].Nullable);
        Assert.Contains("quantity", schema.Properties["parent"].Properties.Keys);
    }

    [Fact]
    public void A_body_of_any_type_beside_JSON_is_read_as_the_JSON()
    {
        var operation = Assert.Single(OpenApiReader.Read("""
            openapi: 3.0.3
            info: { title: Shop, version: '1' }
            paths:
              /things:
                post:
                  requestBody: { content: { '*/*': { schema: { type: object, properties: { any: { type: string } } } }, application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
                  responses: { '201': { description: made } }
            """, "shop.yaml").Operations);
        Assert.Equal(["name"], operation.Body!.Content["application/json"].Properties.Keys);
    }

    [Fact]
    public void Swagger_2_is_read_like_the_rest()
    {
        var description = OpenApiReader.Read("""
            {"swagger":"2.0","basePath":"/api","consumes":["application/json"],"securityDefinitions":{"key":{"type":"apiKey","in":"header","name":"Authorization"}},
             "paths":{"/users":{"post":{"parameters":[{"in":"body","name":"user","required":true,"schema":{"$ref":"#/definitions/User"}},{"in":"query","name":"dry","type":"boolean"}],"responses":{"201":{"description":"made"}}},
                      "put":{"consumes":["application/x-www-form-urlencoded"],"parameters":[{"in":"formData","name":"name","type":"string","required":true}],"responses":{"200":{"description":"ok"}}}}},
             "definitions":{"User":{"type":"object","properties":{"email":{"type":"string","format":"email"}}}}}
            """, "swagger.json");
        Assert.Equal("/api", description.Prefix);
        var post = description.Operations.Single(operation => operation.Method == "POST");
        Assert.Equal("email", post.Body!.Content["application/json"].Properties["email"].Format);
        Assert.Equal(SchemaTypes.Boolean, Assert.Single(post.Parameters).Schema.Types);
        Assert.Contains("name", description.Operations.Single(operation => operation.Method == "PUT").Body!.Content["application/x-www-form-urlencoded"].Properties.Keys);
        Assert.Equal(SecurityKind.ApiKey, description.SecuritySchemes["key"].Kind);
    }

    [Theory]
    [InlineData("""{"paths":{"users/{id}":{"get":{}}}}""", "does not begin with a slash")]
    [InlineData("""{"openapi":"3.0.0","paths":{"/a":{"get":{"parameters":[{"name":"x","in":"query","type":"integer"}]}}}}""", "beside itself")]
    [InlineData("""{"openapi":"3.0.0","paths":{"/a":{"post":{"parameters":[{"name":"b","in":"body","schema":{"type":"object"}}]}}}}""", "belongs to Swagger 2")]
    [InlineData("""{"openapi":"3.0.0","paths":{"/a":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"d":{"type":"datetime"},"n":{"type":"string","required":true}}}}}}}}}}""", "no type 'datetime'")]
    [InlineData("""{"openapi":"3.0.0","paths":{"/a":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Nowhere"}}}}}}}}}""", "leads nowhere")]
    [InlineData("""{"openapi":"3.0.0","paths":{"/a":{"get":{"responses":{"200":{"$ref":"other.json#/x"}}}}}}""", "leads out of the document")]
    [InlineData("""{"openapi":"3.0.0","components":{"schemas":{"A":{"$ref":"#/components/schemas/B"},"B":{"$ref":"#/components/schemas/A"}}},"paths":{"/a":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}}}}}""", "leads in a circle")]
    [InlineData("""{"openapi":"3.0.0","definitions":{"A":{"type":"object"}},"paths":{"/a":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/definitions/A"}}}}}}}}}""", "belongs to Swagger 2")]
    [InlineData("""{"openapi":"3.0.0","paths":{"/a":{"get":{"responses":[]}},"/b":7,"/c":{"get":null,"post":{"tags":"x","security":{},"requestBody":[],"parameters":{"a":1}}}}}""", "no object")]
    [InlineData("""{"openapi":"3.0.0","paths":{"/a":{"post":{"requestBody":{"content":{"application/json":{"schema":{"maximum":"many","minLength":-1,"enum":"x","items":[],"allOf":{}}}}}}}}}""", "can't be")]
    public void A_fault_is_told_and_the_rest_is_read(string document, string fault)
    {
        var description = OpenApiReader.Read(document, "broken.json");
        Assert.NotEmpty(description.Operations);
        Assert.Contains(description.Faults, each => each.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("<html>")]
    [InlineData("{\"openapi\":\"3.0.0\"}")]
    [InlineData("{\"openapi\":\"3.0.0\",\"paths\":{}}")]
    [InlineData("{\"openapi\":\"3.0.0\",\"paths\":[]}")]
    [InlineData("a: [b")]
    public void What_holds_no_operation_is_refused_by_its_name(string document) =>
        Assert.Contains("x.json", Assert.Throws<DescriptionException>(() => OpenApiReader.Read(document, "x.json")).Message, StringComparison.Ordinal);
}
