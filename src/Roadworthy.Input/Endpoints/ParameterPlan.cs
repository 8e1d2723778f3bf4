using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Roadworthy.Input.Endpoints.Values;
using Roadworthy.Input.Rules;
using Roadworthy.Input.Scalars;
using TextReader = Roadworthy.Input.Endpoints.Values.TextReader;

namespace Roadworthy.Input.Endpoints;

/// <summary>Finds where the binder takes each parameter from, by its own rules: first attributes, then the route's names, then the query.</summary>
internal sealed class ParameterPlan(IOptions<JsonOptions> json)
{
    public Parameter[] Build(RoutePattern route, IReadOnlyList<IParameterBindingMetadata> bindings, IParameterBindingMetadata? body)
    {
        var parameters = new List<Parameter>();
        foreach (var binding in bindings)
        {
            if (ReferenceEquals(binding, body) || PlaceOf(route, binding) is not { } place) continue;
            parameters.Add(Build(binding, place));
        }

        return [.. parameters];
    }

    /// <returns>Null where its value is neither in the route nor in the query nor in a header.</returns>
    public static ValuePlace? PlaceOf(RoutePattern route, IParameterBindingMetadata binding)
    {
        foreach (var attribute in binding.ParameterInfo.GetCustomAttributes(inherit: true))
        {
            switch (attribute)
            {
                case IFromRouteMetadata from:
                    return new ValuePlace(ValueSource.Route, from.Name ?? binding.Name);
                case IFromQueryMetadata from:
                    return new ValuePlace(ValueSource.Query, from.Name ?? binding.Name);
                case IFromHeaderMetadata from:
                    return new ValuePlace(ValueSource.Header, from.Name ?? binding.Name);
                case IFromBodyMetadata or IFromFormMetadata or IFromServiceMetadata or FromKeyedServicesAttribute:
                    return null;
            }
        }

        if (binding.HasBindAsync || !(binding.HasTryParse || IsText(binding.ParameterInfo.ParameterType))) return null;
        var inRoute = route.GetParameter(binding.Name) is not null;
        return new ValuePlace(inRoute ? ValueSource.Route : ValueSource.Query, binding.Name);
    }

    /// <summary>Generated binders don't count these as types with a TryParse.</summary>
    private static bool IsText(Type type) =>
        type == typeof(string) || type == typeof(string[]) || type == typeof(StringValues) || type == typeof(StringValues?);

    private Parameter Build(IParameterBindingMetadata binding, ValuePlace place)
    {
        var parameter = binding.ParameterInfo;
        var type = parameter.ParameterType;
        var facts = new ParameterFacts(place, binding.Name, !binding.IsOptional, parameter.HasDefaultValue, ValueRules.For(parameter));
        if (type.IsArray) return List(facts, parameter, type, type.GetElementType()!);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(StringValues)
            ? List(facts, parameter, plain, typeof(string))
            : new SingleParameter(facts, Reader(parameter, plain));
    }

    private ListParameter List(ParameterFacts facts, ParameterInfo parameter, Type type, Type elementType)
    {
        var plain = Nullable.GetUnderlyingType(elementType);
        return new ListParameter(facts, Reader(parameter, plain ?? elementType), type, takesNull: plain is not null || !elementType.IsValueType);
    }

    private ValueReader Reader(ParameterInfo parameter, Type type)
    {
        if (type == typeof(string)) return new TextReader(parameter.GetCustomAttributes(inherit: true).OfType<TrimmedAttribute>().Any());
        return Scalar.ForText(type, json.Value.SerializerOptions) is { } scalar ? new ScalarReader(scalar) : new ParsedReader(type);
    }
}
