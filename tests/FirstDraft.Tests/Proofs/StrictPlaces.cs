using System.Text.Json.Nodes;
using FirstDraft.Tests.Faults;
using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Proofs;

/// <summary>Requests that are right, one for each route that has a strict place, and the same with one value told as a string.</summary>
internal static class StrictPlaces
{
    /// <summary>Sends the place's route a body with this value in the place, in JSON.</summary>
    public static async Task<Answer> SendAsync(Instance instance, Person person, StrictPlace place, string json)
    {
        var parts = place.Route.Split(' ');
        var (path, body, token) = await RequestAsync(instance, person, place.Route);
        var node = JsonNode.Parse(body)!;
        if (place.Field.StartsWith("items[0].", StringComparison.Ordinal)) node["items"]![0]![place.Field["items[0].".Length..]] = "<value>";
        else node[place.Field] = "<value>";
        return await instance.SendAsync(parts[0], path, node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace("\"<value>\"", json, StringComparison.Ordinal), token);
    }

    /// <summary>A value that the place takes.</summary>
    public static string Right(StrictPlace place) => place.Kind == "number" ? "3" : "true";

    private static async Task<(string Path, string Body, string? Token)> RequestAsync(Instance instance, Person person, string route)
    {
        var path = route.Split(' ')[1];
        switch (route)
        {
            case "POST /api/signup":
                return (path, $$"""{"email":"{{instance.NewName("strict")}}@example.com","password":"correct horse","name":"Ada","age":36}""", null);
            case "PATCH /api/me":
                return (path, "{}", person.Token);
            case "POST /api/logout":
                return (path, """{"refreshToken":"of nobody"}""", null);
            case "POST /api/products":
                return (path, $$"""{"sku":"{{instance.NewName("S")}}","name":"Tea","priceCents":450,"stock":9}""", instance.AdminToken);
            case "PATCH /api/products/{sku}":
                return ($"/api/products/{await ProductAsync()}", "{}", instance.AdminToken);
            case "POST /api/products/{sku}/reviews":
                return ($"/api/products/{await ProductAsync()}/reviews", """{"rating":5,"text":"Fine"}""", person.Token);
            case "POST /api/orders":
                return (path, $$"""{"items":[{"sku":"{{await ProductAsync()}}","quantity":1}]}""", person.Token);
            case "POST /api/addresses":
                return (path, """{"street":"Main Street 1","city":"Ghent"}""", person.Token);
            case "PATCH /api/addresses/{id}":
                return ($"/api/addresses/{await instance.OnceAsync(route, AddressAsync)}", "{}", person.Token);
            default:
                throw new InvalidOperationException($"FAULTS.md names the route '{route}', and there is no request for it here.");
        }

        // One for each route: what one changes stands in the way of another.
        Task<string> ProductAsync() => instance.OnceAsync(route, () => instance.NewProductAsync(1_000_000));

        async Task<string> AddressAsync() =>
            (await instance.SendAsync("POST", "/api/addresses", new { street = "Main Street 1", city = "Ghent" }, person.Token)).Required().Json["id"]!.GetValue<string>();
    }
}
