using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Endpoints.Reading;
using Roadworthy.Input.Rules;

namespace Roadworthy.Input.Endpoints;

/// <summary>Finds an endpoint's JSON body, and what its type takes.</summary>
internal sealed class BodyPlan(IOptions<JsonOptions> json, IOptions<InputOptions> options, UnknownMembers unknown, IServiceProvider services)
{
    /// <param name="Binding">The handler's parameter.</param>
    /// <param name="IsOptional">It may be absent.</param>
    public sealed record Found(IParameterBindingMetadata Binding, bool IsOptional);

    /// <summary>
    /// The parameter that the binder reads a JSON body into. An endpoint that only declares a body (<c>Accepts</c>) and reads it by itself has none.
    /// </summary>
    public static Found? Find(EndpointMetadataCollection metadata, IReadOnlyList<IParameterBindingMetadata> bindings)
    {
        foreach (var accepts in metadata.GetOrderedMetadata<IAcceptsMetadata>())
        {
            if (accepts.RequestType is null || !accepts.ContentTypes.Any(JsonContent.IsJson)) continue;
            foreach (var binding in bindings)
            {
                if (binding.ParameterInfo.ParameterType == accepts.RequestType && MayBeBody(binding)) return new Found(binding, accepts.IsOptional);
            }
        }

        return null;
    }

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="parameter">The parameter that takes the body.</param>
    /// <param name="isOptional">It may be absent.</param>
    /// <exception cref="InvalidOperationException">The application's JSON options can't describe the body.</exception>
    public BodyGuard Build(RouteEndpoint endpoint, ParameterInfo parameter, bool isOptional) =>
        Build(endpoint, parameter.ParameterType, parameter, json.Value.SerializerOptions, new BodyTerms(isOptional, IsController: false));

    /// <exception cref="InvalidOperationException">The application's JSON options can't describe the body.</exception>
    public BodyGuard Build(RouteEndpoint endpoint, Type type, ParameterInfo? parameter, JsonSerializerOptions serializer, BodyTerms terms)
    {
        try
        {
            serializer.MakeReadOnly();
            var schema = BodySchema.For(serializer.GetTypeInfo(type), parameter);
            return new BodyGuard(schema, BodyRules.For(schema, services), terms, LimitOf(endpoint.Metadata), options.Value.MaxMembers, unknown);
        }
        catch (Exception fault) when (fault is NotSupportedException or InvalidOperationException)
        {
            throw new InvalidOperationException(
                $"The body of '{endpoint.DisplayName}' can't be guarded: the application's JSON options don't describe '{type}' in full. {fault.Message} " +
                "Describe it in ConfigureHttpJsonOptions (for controllers in AddJsonOptions), with source generation by [JsonSerializable] on the application's JsonSerializerContext.",
                fault);
        }
    }

    private static bool MayBeBody(IParameterBindingMetadata binding)
    {
        var attributes = binding.ParameterInfo.GetCustomAttributes(inherit: true);
        if (attributes.Any(attribute => attribute is IFromBodyMetadata)) return true;
        return !binding.HasBindAsync
            && !attributes.Any(attribute => attribute is IFromRouteMetadata or IFromQueryMetadata or IFromHeaderMetadata or IFromFormMetadata or IFromServiceMetadata);
    }

    /// <summary>The endpoint's own limit, or the options'.</summary>
    private long LimitOf(EndpointMetadataCollection metadata) => metadata.GetMetadata<IRequestSizeLimitMetadata>() is { } limit
        ? Math.Min(limit.MaxRequestBodySize ?? long.MaxValue, InputOptionsValidator.LargestBody)
        : options.Value.MaxBodyBytes;
}
