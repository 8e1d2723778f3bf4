using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Roadworthy.Input.OpenApi;

/// <summary>Makes every OpenAPI document of the application tell what the guard takes and answers. Harmless where there is none.</summary>
internal sealed class InputOpenApi : IConfigureNamedOptions<OpenApiOptions>
{
    public void Configure(OpenApiOptions options) => Configure(null, options);

    public void Configure(string? name, OpenApiOptions options)
    {
        options.AddOperationTransformer((operation, context, _) =>
        {
            GuardedDocument.Note(operation, context.Description);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, context, _) =>
        {
            var services = context.ApplicationServices;
            var guarded = new GuardedDocument(document);
            var http = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            var controllers = services.GetService<IOptions<Microsoft.AspNetCore.Mvc.JsonOptions>>()?.Value.JsonSerializerOptions ?? http;
            new RequestRewriting(guarded, http, controllers).Run();
            var answers = new ProblemAnswers(document);
            foreach (var (operation, plan) in guarded.Operations) answers.AddTo(operation, plan);
            answers.RemoveUnused(guarded.All());
            return Task.CompletedTask;
        });
    }
}
