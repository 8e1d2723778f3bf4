using System.Text.Json;
using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Driving;

/// <summary>
/// Reads why a request was refused: field by field, in the shapes of ASP.NET Core, class-validator, zod, Joi, express-validator, AJV, DRF,
/// pydantic, Rails, Spring and those that resemble them.
/// </summary>
internal static class RefusalReader
{
    private const int Most = 50;
    private const int Deepest = 6;

    private static readonly string[] FieldMembers = ["field", "path", "param", "property", "propertyPath", "loc", "pointer", "instancePath", "name", "attribute", "key", "propertyName", "fieldName"];
    private static readonly string[] TextMembers = ["message", "msg", "defaultMessage", "detail", "description", "reason", "error", "title", "code"];
    private static readonly string[] Containers = ["errors", "error", "details", "detail", "message", "messages", "issues", "violations", "fieldErrors", "data", "validation", "invalid-params", "invalidParams", "validationErrors", "subErrors", "inner", "meta", "cause"];

    public static IReadOnlyList<Complaint> Read(WireResponse response)
    {
        var found = new List<Complaint>();
        if (response.Json is { } json) Walk(json, null, found, 0);
        else if (response.Text is { Length: > 0 and < 4000 } text && !text.TrimStart().StartsWith('<')) Sentence(text, null, found);
        return [.. found.Distinct().Take(Most)];
    }

    /// <summary>Whether it tells of each field what is wrong with it: whatever its status, the values are refused and not who sent them.</summary>
    public static bool IsByField(WireResponse response) =>
        response.Json is JsonObject of && (HasFields(of) || (of["errors"] is JsonObject errors && HasFields(errors)));

    private static bool HasFields(JsonObject of) => of.Any(member =>
        member.Key is not ("non_field_errors" or "_errors" or "formErrors") && !Containers.Contains(member.Key, StringComparer.OrdinalIgnoreCase) && !TextMembers.Contains(member.Key, StringComparer.OrdinalIgnoreCase) && Tells(member.Value));

    private static bool Tells(JsonNode? node) => node switch
    {
        JsonArray { Count: > 0 } list => list.All(text => text is JsonValue value && value.GetValueKind() is JsonValueKind.String) || list.Any(item => item is JsonObject && Tells(item)),
        JsonObject of => of.Any(member => member.Value is JsonArray && Tells(member.Value)),
        _ => false,
    };

    private static void Walk(JsonNode? node, string? field, List<Complaint> found, int depth)
    {
        if (depth > Deepest || found.Count > Most) return;
        switch (node)
        {
            case JsonArray list:
                // Of a list of things each has its own fields' complaints, in its place.
                foreach (var item in list.Take(Most)) Walk(item, field is not null && item is JsonObject { Count: > 0 } thing && thing.All(member => member.Value is JsonArray) ? Join(field, "0") : field, found, depth + 1);
                break;
            case JsonObject of:
                Object(of, field, found, depth);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                Sentence(value.ToString(), field, found);
                break;
        }
    }

    private static void Object(JsonObject of, string? field, List<Complaint> found, int depth)
    {
        // { field: "age", message: "must be a number" }, whatever the two are called.
        var named = FieldMembers.Select(name => (name, Value: Path(of[name]))).FirstOrDefault(each => each.Value is not null && (each.name != "name" || of["message"] is not null));
        var text = TextMembers.Select(name => of[name]).FirstOrDefault(each => each is JsonValue value && value.GetValueKind() is JsonValueKind.String)?.ToString();
        if (named.Value is { } path && text is not null && !(depth == 0 && path.StartsWith('/') && of["timestamp"] is not null))
        {
            // AJV says in the message which property is missing, and in the path only where.
            found.Add(new Complaint(Normal(path), text + (of["type"] is JsonValue type ? $" ({type})" : "")));
            Nested(of, path, found, depth);
            if (path.Length > 1) return;
        }

        if (of["constraints"] is JsonObject constraints && of["property"] is { } property)
            foreach (var (_, value) in constraints) if (value is not null) found.Add(new Complaint(Normal(Join(field, property.ToString())), value.ToString()));
        foreach (var (name, value) in of)
        {
            if (value is null || name is "status" or "statusCode" or "timestamp" or "traceId" or "stack" or "instance" or "type" or "requestId") continue;
            var isContainer = Containers.Contains(name, StringComparer.OrdinalIgnoreCase);
            if (isContainer || (depth == 0 && value is JsonValue && TextMembers.Contains(name, StringComparer.OrdinalIgnoreCase)) || name is "non_field_errors" or "_errors" or "formErrors") Walk(value, field, found, depth + 1);
            else if (value is JsonArray or JsonObject || (depth > 0 && value is JsonValue)) Walk(value, Join(field, name), found, depth + 1);
        }
    }

    private static void Nested(JsonObject of, string path, List<Complaint> found, int depth)
    {
        if (of["children"] is JsonArray children) foreach (var child in children) Walk(child, path, found, depth + 1);
    }

    private static void Sentence(string text, string? field, List<Complaint> found)
    {
        // Some answer with their errors as JSON within a string.
        if (text.Length is > 2 and < 20_000 && text[0] is '[' or '{')
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                Walk(JsonCopy.Of(document.RootElement), field, found, 2);
                return;
            }
            catch (JsonException)
            {
                // A sentence that begins with a bracket.
            }
        }

        if (text.Length > 2000) return;
        if (field is not null)
        {
            found.Add(new Complaint(Normal(field), text));
            return;
        }

        foreach (var (name, part) in Sentences.Split(text)) found.Add(new Complaint(Normal(name), part));
    }

    /// <summary>A field as text, or as a list of its parts.</summary>
    private static string? Path(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() is JsonValueKind.String && value.ToString().Length is > 0 and < 200 => value.ToString(),
        JsonArray { Count: > 0 } parts when parts.All(part => part is JsonValue) => "/" + string.Join('/', parts.Select(part => part!.ToString()).Where((part, at) => !(at == 0 && parts.Count > 1 && part is "body" or "query" or "path" or "header"))),
        _ => null,
    };

    private static string Join(string? field, string name) => field is null ? name : $"{field}/{name}";

    /// <summary>As a pointer: <c>$.items[0].quantity</c>, <c>items.0.quantity</c> and <c>/body/items/0/quantity</c> are one.</summary>
    private static string Normal(string field)
    {
        if (field.StartsWith("query:", StringComparison.Ordinal) || field.StartsWith("path:", StringComparison.Ordinal)) return field;
        var parts = field.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split(['.', '/'], StringSplitOptions.RemoveEmptyEntries).Where(part => part != "$").ToList();
        if (parts.Count > 1 && parts[0] is "body" or "data" or "input" or "request" && field.StartsWith('/')) parts.RemoveAt(0);
        return "/" + string.Join('/', parts.Select(part => part.Trim('"', '\'', ' ')));
    }
}

/// <param name="Field">A pointer into the body, or <c>query:name</c>, <c>path:name</c>.</param>
/// <param name="Text">What is wrong with it.</param>
internal sealed record Complaint(string Field, string Text);
