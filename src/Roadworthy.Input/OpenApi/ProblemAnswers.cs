using Microsoft.OpenApi;

namespace Roadworthy.Input.OpenApi;

/// <summary>Adds the answers that the guard gives. What the application says of the same status stays beside it.</summary>
internal sealed class ProblemAnswers(OpenApiDocument document)
{
    private const string InputName = "InputProblem";
    private const string PlainName = "Problem";

    private string? _input;
    private string? _plain;

    public void AddTo(OpenApiOperation operation, GuardedOperation plan)
    {
        // Then the framework knows of it only by what the guard itself told other generators, with the framework's type.
        if (!plan.HasOwnProblem) operation.Responses?.Remove("400");
        Add(operation, "400", "The request can't be taken as it is.", Reference(ref _input, InputName, ProblemSchemas.Input));
        if (plan.Body is null) return;
        Add(operation, "413", "The body is too long.", Reference(ref _plain, PlainName, ProblemSchemas.Plain));
        Add(operation, "415", "The body is not JSON.", Reference(ref _plain, PlainName, ProblemSchemas.Plain));
    }

    private static void Add(OpenApiOperation operation, string status, string description, IOpenApiSchema problem)
    {
        var responses = operation.Responses ??= [];
        if (!responses.TryGetValue(status, out var known))
        {
            responses[status] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [ProblemSchemas.MediaType] = new() { Schema = problem } },
            };
            return;
        }

        if (known is not OpenApiResponse response) return;
        var content = response.Content ??= new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
        if (!content.TryGetValue(ProblemSchemas.MediaType, out var media)) content[ProblemSchemas.MediaType] = new OpenApiMediaType { Schema = problem };
        else media.Schema = Beside(media.Schema, problem);
    }

    /// <summary>An application's own problem of the same status is another answer that may come.</summary>
    private static IOpenApiSchema Beside(IOpenApiSchema? own, IOpenApiSchema problem) =>
        own is null or OpenApiSchema { Type: null, AnyOf: null, OneOf: null, AllOf: null, Properties: null } ? problem : new OpenApiSchema { AnyOf = [problem, own] };

    private OpenApiSchemaReference Reference(ref string? name, string wanted, OpenApiSchema schema)
    {
        if (name is null)
        {
            name = wanted;
            for (var i = 2; document.Components?.Schemas?.ContainsKey(name) == true; i++) name = $"{wanted}{i}";
            document.AddComponent(name, schema);
        }

        return new OpenApiSchemaReference(name, document);
    }
}
