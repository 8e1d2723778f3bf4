using FirstDraft.Tests.Faults;
using FirstDraft.Tests.Support;

namespace FirstDraft.Tests.Proofs;

/// <summary>Values that the draft refuses, and should take; and values that it should refuse, and fails on.</summary>
internal static class InputProofs
{
    public static readonly Dictionary<string, Proof> All = new(StringComparer.Ordinal)
    {
        ["I1"] = new(Strict, TicketAsStrings),
        ["I2"] = new(Pages, TicketPages),
        ["I3"] = new(Nul, NulInTicket),
        ["I4"] = new(OutOfRange, TicketOutOfRange),
    };

    private static async Task<Sighting> Strict(Instance instance)
    {
        var table = FaultTable.Of(instance.Draft.Folder);
        var person = await instance.OwnerAsync();
        var refused = new List<string>();
        foreach (var place in table.StrictPlaces)
        {
            (await StrictPlaces.SendAsync(instance, person, place, StrictPlaces.Right(place))).Required();
            var answer = await StrictPlaces.SendAsync(instance, person, place, $"\"{StrictPlaces.Right(place)}\"");
            if (!answer.IsSuccess) refused.Add($"{place.Route} {place.Field}: {answer}");
        }

        return new(string.Join('\n', refused), refused.Count == table.StrictPlacesClaimed, refused.Count == 0);
    }

    private static async Task<Sighting> TicketAsStrings(Instance instance)
    {
        var person = await instance.OwnerAsync();
        var answer = await instance.SendAsync("POST", "/api/tickets", instance.NewTicket("2", "true"), person.Token);
        return new(answer.ToString(), !answer.IsSuccess, answer.IsSuccess && answer.Json["priority"]!.GetValue<int>() == 2 && answer.Json["urgent"]!.GetValue<bool>());
    }

    private static async Task<Sighting> Pages(Instance instance)
    {
        var answers = new List<Answer>();
        foreach (var list in (string[])["/api/products", "/api/orders", "/api/addresses", "/api/dashboard"])
            answers.Add(await instance.SendAsync("GET", $"{list}?page=-1", token: instance.AdminToken));
        return new(string.Join('\n', answers), answers.TrueForAll(answer => answer.Status == 500), answers.TrueForAll(answer => answer.IsRefusal && answer.Text.Contains("page", StringComparison.Ordinal)));
    }

    private static async Task<Sighting> TicketPages(Instance instance)
    {
        var answer = await instance.SendAsync("GET", "/api/tickets?page=-1", token: instance.AdminToken);
        return new(answer.ToString(), answer.Status == 500, answer.IsRefusal);
    }

    private static async Task<Sighting> Nul(Instance instance)
    {
        var answer = await instance.SendAsync("PATCH", "/api/me", """{"name":"a\u0000"}""", (await instance.OwnerAsync()).Token);
        return new(answer.ToString(), answer.Status == 500, answer.IsRefusal && answer.Text.Contains("name", StringComparison.Ordinal));
    }

    private static async Task<Sighting> NulInTicket(Instance instance)
    {
        var answer = await instance.SendAsync("POST", "/api/tickets", """{"reference":"r","subject":"a\u0000","priority":1}""", (await instance.OwnerAsync()).Token);
        return new(answer.ToString(), answer.Status == 500, answer.IsRefusal && answer.Text.Contains("subject", StringComparison.Ordinal));
    }

    private static async Task<Sighting> OutOfRange(Instance instance)
    {
        var answer = await instance.SendAsync("PATCH", $"/api/products/{await instance.NewProductAsync(1)}", new { stock = -1 }, instance.AdminToken);
        return new(answer.ToString(), answer.Status == 500, answer.IsRefusal && answer.Text.Contains("stock", StringComparison.Ordinal));
    }

    private static async Task<Sighting> TicketOutOfRange(Instance instance)
    {
        var answer = await instance.SendAsync("POST", "/api/tickets", instance.NewTicket(-1), (await instance.OwnerAsync()).Token);
        return new(answer.ToString(), answer.Status == 500, answer.IsRefusal);
    }
}
