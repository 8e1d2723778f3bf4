using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace Roadworthy.Input.OpenApi;

/// <summary>Tells of the answer 400 where other generators of documents look for it: they don't know OpenApiOptions.</summary>
internal sealed class GuardedDescriptions(IOptions<JsonOptions> json) : IApiDescriptionProvider
{
    private readonly ModelMetadata _problem = new EmptyModelMetadataProvider().GetMetadataForType(typeof(HttpValidationProblemDetails));

    /// <summary>Providers end in the opposite order: this one when all others have said what they know.</summary>
    public int Order => int.MinValue;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        // A generator asks the host's JSON for the type.
        if (!json.Value.SerializerOptions.TryGetTypeInfo(typeof(HttpValidationProblemDetails), out _)) return;
        foreach (var description in context.Results)
        {
            var known = description.SupportedResponseTypes;

            // None at all stands for an answer that the generator makes up: it would be lost.
            if (known.Count == 0 || known.Any(response => response.StatusCode == StatusCodes.Status400BadRequest) || GuardedOperation.Of(description) is null) continue;
            known.Add(new GuardedResponse
            {
                StatusCode = StatusCodes.Status400BadRequest,
                Type = typeof(HttpValidationProblemDetails),
                ModelMetadata = _problem,
                ApiResponseFormats = [new ApiResponseFormat { MediaType = ProblemSchemas.MediaType }],
            });
        }
    }
}
