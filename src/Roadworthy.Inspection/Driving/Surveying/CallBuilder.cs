using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>Makes a call of an operation, or says what it is lacking.</summary>
internal sealed class CallBuilder(ValueGenerator values, ResourceModel resources, int seed)
{
    private static readonly string[] NotOurs = ["authorization", "accept", "content-type", "cookie", "host", "user-agent", "content-length", "origin"];

    public Call? Build(FillContext context, string? mediaType, bool forceBody, ICollection<string> missing)
    {
        var operation = context.Operation;
        var call = new Call { Operation = operation };
        // Descriptions have them in any order: what a path names last is what it is about.
        foreach (var parameter in operation.Parameters.OrderBy(parameter => parameter.Place is ParameterPlace.Path ? operation.Path.IndexOf($"{{{parameter.Name}}}", StringComparison.Ordinal) : int.MaxValue))
        {
            switch (parameter.Place)
            {
                case ParameterPlace.Path:
                    if (PathValue(context, parameter, call) is { } value) call.Path[parameter.Name] = value;
                    else missing.Add(Names.ReferenceOf(parameter.Name) ?? Names.KindOf(Names.CollectionOf(operation.Path, parameter.Name) ?? parameter.Name));
                    break;
                case ParameterPlace.Query:
                    AddQuery(context, parameter, call);
                    break;
                case ParameterPlace.Header when parameter.Name.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase):
                    call.Headers[parameter.Name] = Key(context);
                    break;
                case ParameterPlace.Header when parameter.Required && !NotOurs.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase) && !parameter.Name.StartsWith("If-", StringComparison.OrdinalIgnoreCase):
                    call.Headers[parameter.Name] = values.Parameter(parameter, "header:" + parameter.Name, context);
                    break;
            }
        }

        if (missing.Count > 0) return null;
        AddBody(context, call, mediaType, forceBody);
        call.Bindings.AddRange(context.Bindings);
        return call;
    }

    /// <summary>The likeliest media type that can be made.</summary>
    public static string? MediaTypeOf(ApiOperation operation, int choice = 0)
    {
        if (operation.Body is not { } body) return null;
        var types = body.Content.Keys.OrderBy(Rank).ToList();
        return types.Count == 0 ? null : types[choice % types.Count];
    }

    private static int Rank(string type) => type.ToLowerInvariant() switch
    {
        "application/json" => 0,
        var json when json.StartsWith("application/json", StringComparison.Ordinal) => 1,
        "text/json" or "application/*+json" => 8,
        var json when json.EndsWith("+json", StringComparison.Ordinal) => 2,
        var form when form.Contains("urlencoded", StringComparison.Ordinal) => 3,
        var form when form.StartsWith("multipart/", StringComparison.Ordinal) => 4,
        _ => 9,
    };

    private string? PathValue(FillContext context, ApiParameter parameter, Call call)
    {
        // /verify/{token}: as it was mailed.
        if (context.Given.TryGetValue(Names.Plain(parameter.Name), out var given)) return given;
        var all = resources.ForPath(context.Operation, parameter, context.Who, context.Avoid).ToList();
        // Who was turned away from another's account asks for their own.
        if ((context.Avoid.Count > 0 || context.Rules.For("path:" + parameter.Name) is { Own: true }) && resources.OwnAccount(context.Who) is { } own && all.Any(each => each.Kind == own.Kind && each.Value == own.Value))
        {
            call.Bindings.Add(new Binding("path:" + parameter.Name, own.Kind, own.Value));
            return own.Value;
        }

        var candidates = all.Take(10).ToList();
        if (candidates.Count > 0)
        {
            var found = candidates[context.Choose("") % candidates.Count];
            call.Bindings.Add(new Binding("path:" + parameter.Name, found.Kind, found.Value));
            return found.Value;
        }

        // Not an id of anything: which one of several, or a date.
        if (parameter.Schema.Enum.Count > 0 || context.Rules.For("path:" + parameter.Name) is { OneOf.Count: > 0 } || parameter.Schema.Types is SchemaTypes.Boolean
            || Meanings.Of(parameter.Name, parameter.Schema.Format) is Meaning.Date or Meaning.Year or Meaning.Instant or Meaning.Currency or Meaning.Country or Meaning.Language or Meaning.Limit or Meaning.Page or Meaning.Offset)
            return values.Parameter(parameter, "path:" + parameter.Name, context);
        return context.TakesExamples && context.Attempt > 0 && parameter.Schema.Examples.Count > 0 ? JsonCopy.Scalar(parameter.Schema.Examples[0]) : null;
    }

    private void AddQuery(FillContext context, ApiParameter parameter, Call call)
    {
        var pointer = "query:" + parameter.Name;
        var rule = context.Rules.For(pointer) ?? context.Rules.For("/" + parameter.Name);
        if (rule?.Drop is true || (!parameter.Required && rule?.Required is not true && rule?.OneOf.Count is not > 0)) return;
        var text = values.Parameter(parameter, pointer, context);
        if (parameter.Schema.IsArray && parameter.Explode)
            foreach (var each in text.Split(',')) call.Query.Add(new(parameter.Name, each));
        else call.Query.Add(new(parameter.Name, text));
    }

    private void AddBody(FillContext context, Call call, string? mediaType, bool forceBody)
    {
        if (mediaType is null && !forceBody) return;
        call.MediaType = mediaType ?? "application/json";
        var schema = mediaType is not null && context.Operation.Body!.Content.TryGetValue(mediaType, out var known) ? known : new Schema { Types = SchemaTypes.Object };
        if (schema is { Types: SchemaTypes.Any, Properties.Count: 0, Alternatives.Count: 0, Items: null, Enum.Count: 0 }) schema = new Schema { Types = SchemaTypes.Object };
        if (schema.Properties.Count == 0 && schema.IsObject && context.TakesExamples && schema.Examples.FirstOrDefault() is System.Text.Json.Nodes.JsonObject example)
        {
            call.Body = example.DeepClone();
            return;
        }

        call.Body = values.Body(schema, context);
    }

    private string Key(FillContext context) => Dice.For(seed, context.Who, context.Operation.Key, "idempotency", context.Serial.ToString(System.Globalization.CultureInfo.InvariantCulture)).Uuid().ToString();
}
