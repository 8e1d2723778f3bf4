using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Driving;

/// <summary>Reads things out of answers, into a <see cref="ResourceModel"/>.</summary>
internal static class Harvest
{
    private const int Deepest = 8;
    private const int MostItems = 50;

    private static readonly string[] Wrappers =
        ["data", "items", "results", "result", "rows", "records", "content", "payload", "value", "values", "list", "docs", "nodes", "node", "edges", "response", "entries", "hits", "page", "member", "body"];

    private static readonly string[] Keys = ["id", "_id", "uuid", "guid", "pk", "slug", "sku", "code", "key", "username", "number", "handle", "isbn", "barcode", "name", "email"];

    public static void From(Exchange exchange, ResourceModel model)
    {
        if (!exchange.Succeeded || exchange.Operation is not { } operation) return;
        var kind = Names.KindOf(Names.CollectionOf(operation.Path) ?? "");
        // Whoever signs up, or asks who they are, is told of a user.
        if (kind is "register" or "registration" or "signup" or "login" or "signin" or "me" or "whoami") kind = "user";
        var created = exchange.Response!.Status == 201 || (operation.Method is "POST" && EndsInCollection(operation.Path));
        if (exchange.Response.Header("Location") is { } location && created && LastSegment(location) is { Length: > 0 } id)
            model.Add(kind, "id", id, exchange.Identity, operation, created: true);
        if (exchange.Response.Json is JsonValue bare && created && JsonCopy.Scalar(bare) is { } text) model.Add(kind, "id", text, exchange.Identity, operation, created: true);
        else Walk(exchange.Response.Json, kind, exchange, model, created, 0, isWrapper: true);
    }

    /// <summary>What was sent to make a thing names it too, where the answer does not: its slug or its sku, unless that is another thing's.</summary>
    public static void FromCall(Call call, Exchange exchange, ResourceModel model)
    {
        if (call.Operation.Method is not ("POST" or "PUT") || call.Body is not JsonObject of) return;
        var kind = Names.KindOf(Names.CollectionOf(call.Operation.Path) ?? "");
        foreach (var (name, value) in of.Where(member => call.Bindings.All(binding => binding.Where != "/" + member.Key)))
            if ((NaturalKeys.Is(name) || Names.Plain(name) is "username" or "key") && JsonCopy.Scalar(value) is { } text && exchange.Response?.Text.Contains(text, StringComparison.Ordinal) is not true) model.Add(kind, Names.Plain(name), text, exchange.Identity, call.Operation, created: true);
    }

    /// <summary>A thing that is named by what can be changed, such as a slug that comes of its title, is asked for by its new name from then on.</summary>
    public static void Renamed(Call call, Exchange exchange, ResourceModel model)
    {
        if (call.Operation.Method is not ("PUT" or "PATCH") || !call.Operation.Path.EndsWith('}') || call.Bindings.LastOrDefault(binding => binding.Where.StartsWith("path:", StringComparison.Ordinal)) is not { } bound) return;
        if (model.Of(bound.Resource).FirstOrDefault(each => each.Value == bound.Value) is not { Property: not "id" } known) return;
        var answer = exchange.Response?.Json as JsonObject;
        // { "article": { ... } }
        if (answer is { Count: 1 }) answer = answer.First().Value as JsonObject ?? answer;
        if (answer?.FirstOrDefault(member => Names.Plain(member.Key) == known.Property).Value is not { } value || JsonCopy.Scalar(value) is not { Length: > 0 } now || now == known.Value) return;
        model.Remove(known.Kind, known.Value);
        model.Remove(known.Kind, now);
        model.Add(known.Kind, known.Property, now, known.Who, call.Operation, known.Created);
    }

    private static void Walk(JsonNode? node, string kind, Exchange exchange, ResourceModel model, bool created, int depth, bool isWrapper)
    {
        if (depth > Deepest) return;
        if (node is JsonArray list)
        {
            foreach (var item in list.Take(MostItems)) Walk(item, kind, exchange, model, created, depth + 1, isWrapper: false);
            return;
        }

        if (node is not JsonObject of) return;
        var hasId = of.Any(member => Names.Plain(member.Key) is "id" or "uuid" or "slug" or "sku" or "guid" or "pk");
        // { "order": { ... } }: what stands alone in the answer names what it holds.
        foreach (var (name, value) in of)
        {
            var plain = Names.Plain(name);
            if (value is JsonObject or JsonArray)
            {
                var inner = !hasId && isWrapper && Wrappers.Contains(plain, StringComparer.Ordinal) ? kind : Names.KindOf(name);
                if (inner == "createdby" || inner is "author" or "owner" or "creator") inner = "user";
                Walk(value, inner, exchange, model, created && !hasId, depth + 1, isWrapper && !hasId);
            }
            else if (JsonCopy.Scalar(value) is { Length: > 0 } scalar && value!.GetValueKind() is JsonValueKind.String or JsonValueKind.Number)
            {
                if (Names.ReferenceOf(name) is { } other && Names.Words(name)[^1] is not "key") model.Add(other == kind ? kind : other, "id", scalar, exchange.Identity, exchange.Operation!, created && other == kind);
                else if (Keys.Contains(name, StringComparer.OrdinalIgnoreCase) && (hasId || depth > 0 || plain is not ("name" or "email" or "number" or "code" or "key")))
                    model.Add(kind, plain, scalar, exchange.Identity, exchange.Operation!, created);
            }
        }
    }

    public static bool EndsInCollection(string path) => !path.TrimEnd('/').EndsWith('}');

    private static string LastSegment(string location) => Uri.UnescapeDataString(location.Split('?')[0].TrimEnd('/').Split('/')[^1]);
}
