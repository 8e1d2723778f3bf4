using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Roadworthy.Input.Endpoints.Reading;

namespace Roadworthy.Input.OpenApi;

/// <summary>What the guard looks at of one operation.</summary>
/// <param name="Body">The JSON body; null where there is none.</param>
/// <param name="Values">Query, route and headers.</param>
/// <param name="IsController">Another part of the framework, with JSON options of its own.</param>
/// <param name="HasOwnProblem">The application says itself what it answers with 400.</param>
internal sealed record GuardedOperation(ApiParameterDescription? Body, IReadOnlyList<ApiParameterDescription> Values, bool IsController, bool HasOwnProblem)
{
    /// <returns>Null where the guard refuses nothing.</returns>
    public static GuardedOperation? Of(ApiDescription description)
    {
        var isController = description.ActionDescriptor is ControllerActionDescriptor;
        var parameters = description.ParameterDescriptions.Where(parameter => InfoOf(parameter) is not null || isController).ToList();
        var body = parameters.FirstOrDefault(parameter => parameter.Source == BindingSource.Body && (isController ? TakesJson(description) : IsAccepted(description, parameter)));
        var values = isController ? [] : parameters.Where(IsValue).ToList();
        var isForm = !isController && parameters.Exists(parameter => parameter.Source == BindingSource.Form || parameter.Source == BindingSource.FormFile);
        var hasOwnProblem = description.SupportedResponseTypes.Any(response => response.StatusCode == StatusCodes.Status400BadRequest && response is not GuardedResponse);
        return body is null && values.Count == 0 && !isForm ? null : new GuardedOperation(body, values, isController, hasOwnProblem);
    }

    public static ParameterInfo? InfoOf(ApiParameterDescription parameter) => (parameter.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo;

    private static bool IsValue(ApiParameterDescription parameter) =>
        parameter.Source == BindingSource.Query || parameter.Source == BindingSource.Path || parameter.Source == BindingSource.Header;

    // A handler that only declares a body, or reads a stream, reads by itself.
    private static bool IsAccepted(ApiDescription description, ApiParameterDescription parameter) => description.ActionDescriptor.EndpointMetadata.OfType<IAcceptsMetadata>()
        .Any(accepts => accepts.RequestType is not null && accepts.RequestType == InfoOf(parameter)?.ParameterType && accepts.ContentTypes.Any(JsonContent.IsJson));

    private static bool TakesJson(ApiDescription description) => description.SupportedRequestFormats.Any(format => JsonContent.IsJson(format.MediaType));
}
