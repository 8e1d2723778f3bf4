using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.Primitives;
using Microsoft.OpenApi;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Endpoints.Reading;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.OpenApi;

/// <summary>
/// Makes a document's requests tell what the guard takes. A component that answers use too stays for them as it is; requests get one of their own
/// beside it, and only where the two differ.
/// </summary>
/// <param name="guarded">The document.</param>
/// <param name="http">The JSON options of minimal APIs.</param>
/// <param name="controllers">Those of controllers.</param>
internal sealed class RequestRewriting(GuardedDocument guarded, JsonSerializerOptions http, JsonSerializerOptions controllers)
{
    /// <summary>Behind the name of a type that answers use too.</summary>
    private const string Suffix = "Input";

    private readonly HashSet<string> _kept = guarded.Used(keptOnly: true);

    public void Run()
    {
        var trial = new RequestSchemas(guarded.Document, id => id);
        ForEach(trial, write: false);
        var names = OwnNames(trial.Components);
        var requests = new RequestSchemas(guarded.Document, id => names.GetValueOrDefault(id, id));
        ForEach(requests, write: true);
        foreach (var (id, component) in requests.Components)
        {
            if (names.TryGetValue(id, out var name)) guarded.Document.AddComponent(name, component.Rewritten);
            else if (component.Differs) component.Apply();
        }
    }

    /// <summary>Of the components that can't be the same for requests and answers.</summary>
    private Dictionary<string, string> OwnNames(IReadOnlyDictionary<string, RequestComponent> components)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (id, component) in components)
            {
                if (!_kept.Contains(id) || names.ContainsKey(id) || !(component.Differs || component.RefersTo.Overlaps(names.Keys))) continue;
                names[id] = FreeName(id + Suffix);
                changed = true;
            }
        }

        return names;
    }

    private string FreeName(string name)
    {
        var taken = guarded.Document.Components?.Schemas;
        var free = name;
        for (var i = 2; taken?.ContainsKey(free) == true; i++) free = $"{name}{i}";
        return free;
    }

    private void ForEach(RequestSchemas requests, bool write)
    {
        foreach (var (operation, plan) in guarded.Operations)
        {
            if (plan.Body is not null) Body(operation, plan, requests, write);
            foreach (var value in write ? plan.Values : []) Value(operation, value);
        }
    }

    private void Body(OpenApiOperation operation, GuardedOperation plan, RequestSchemas requests, bool write)
    {
        var options = plan.IsController ? controllers : http;
        var parameter = GuardedOperation.InfoOf(plan.Body!);
        if (!options.TryGetTypeInfo(parameter?.ParameterType ?? plan.Body!.Type, out var typeInfo)) return;
        var schema = BodySchema.For(typeInfo, parameter);
        foreach (var (mediaType, media) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal))
        {
            if (media.Schema is null || !JsonContent.IsJson(mediaType)) continue;
            var rewritten = requests.Of(media.Schema, schema.Root, typeInfo, keepsNull: true);
            if (write) media.Schema = rewritten;
        }
    }

    private void Value(OpenApiOperation operation, ApiParameterDescription value)
    {
        // A route's constraint has the last word: what it does not match never reaches the guard.
        if (value.RouteInfo?.Constraints?.Any() == true || GuardedOperation.InfoOf(value) is not { } info) return;
        if (operation.Parameters?.FirstOrDefault(one => IsOf(one, value)) is not OpenApiParameter { Schema: { } schema } parameter) return;
        var type = Nullable.GetUnderlyingType(info.ParameterType) ?? info.ParameterType;
        if (type.IsArray && schema is OpenApiSchema { Items: { } items } list)
        {
            var element = type.GetElementType()!;
            var plain = Nullable.GetUnderlyingType(element) ?? element;
            var copy = ScalarForm.Copy(list);
            copy.Items = ValueForm(items, plain, takesBlank: plain != element, defaultValue: null);
            parameter.Schema = copy;

            // No binder tells an empty list from none.
            parameter.Required = parameter.In == ParameterLocation.Path;
            return;
        }

        parameter.Schema = schema is OpenApiSchema text && ScalarForm.RefusesBlank(type, info.GetCustomAttributes(inherit: true))
            ? ScalarForm.NotBlank(text)
            : ValueForm(schema, type, takesBlank: !parameter.Required, info.HasDefaultValue ? info.DefaultValue : null);
    }

    private static bool IsOf(IOpenApiParameter parameter, ApiParameterDescription value) =>
        string.Equals(parameter.Name, value.Name, StringComparison.Ordinal) && string.Equals(parameter.In?.ToString(), value.Source.Id, StringComparison.OrdinalIgnoreCase);

    private IOpenApiSchema ValueForm(IOpenApiSchema schema, Type type, bool takesBlank, object? defaultValue)
    {
        if (type == typeof(string) || type == typeof(StringValues) || Scalar.ForText(type, http) is not { } scalar) return schema;
        var target = schema is OpenApiSchemaReference { Reference.Id: { } id } ? ComponentUse.Find(guarded.Document, id) : schema;
        if (target is not OpenApiSchema own) return schema;
        // Names that the host's JSON has for an enum are taken too, in the component that says so.
        if (scalar is EnumScalar) return own.Enum?.All(name => name.GetValueKind() == JsonValueKind.String) == true ? schema : ScalarForm.Names(own, type, defaultValue);
        return ScalarForm.Of(own, scalar, type, takesBlank);
    }
}
