using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Roadworthy.Input.Tests.Aot;

/// <summary>Endpoints that the tests map in every kind of application. Here their binders are generated; in the test project they are built by reflection.</summary>
public static class Sample
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders/{id}", (int id, int? limit, [FromHeader(Name = "X-Age")] int? age, Order order) => $"{id} {limit} {age} {order.Items.Length}");
        routes.MapPost("/optional", (Order? order) => order is null ? "none" : "some");
        routes.MapPost("/small", (Order order) => order.Currency.ToString()).WithMetadata(new RequestSizeLimitAttribute(64));
        routes.MapGet("/search", ([AsParameters] Search search, int[] ids, Weight? weight) =>
            $"{search.Colour} {search.When:O} {search.Text} {ids.Length} {weight?.Grams} {search.Page}");
        routes.MapGet("/own", string (int v) => throw new BadHttpRequestException("mine", v));
        routes.MapGet("/weight", (Weight weight) => weight.Grams.ToString(CultureInfo.InvariantCulture));
    }
}

public sealed record Order(Item[] Items, Currency Currency = Currency.Euro, DateTimeOffset? DueAt = null);

public sealed record Item(string Sku, int Quantity, decimal Price);

public enum Currency
{
    Euro,
    Dollar,
}

public sealed class Search
{
    public Currency Colour { get; set; }

    public DateTimeOffset? When { get; set; }

    [Trimmed]
    public string? Text { get; set; }

    public int? Page { get; set; }
}

public sealed record Weight(int Grams)
{
    public static bool TryParse(string? text, out Weight weight)
    {
        weight = new Weight(0);
        if (text is not ['g', .. var digits] || !int.TryParse(digits, CultureInfo.InvariantCulture, out var grams)) return false;
        weight = new Weight(grams);
        return true;
    }
}

[JsonSerializable(typeof(Order))]
public sealed partial class SampleJson : JsonSerializerContext;
