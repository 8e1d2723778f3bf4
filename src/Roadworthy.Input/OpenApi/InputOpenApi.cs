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
            Rewrite(new GuardedDocument(document), context.ApplicationServices);
            return Task.CompletedTask;
        });
    }

    private static void Rewrite(GuardedDocument guarded, IServiceProvider services)
    {
        var http = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var controllers = services.GetRequiredService<IOptions<Microsoft.AspNetCore.Mvc.JsonOptions>>().Value.JsonSerializerOptions;
        var before = guarded.Used(keptOnly: false);
        new RequestRewriting(guarded, http, controllers).Run();
        var answers = new ProblemAnswers(guarded.Document);
        foreach (var (operation, plan) in guarded.Operations) answers.AddTo(operation, plan);

        // What nobody refers to any more only stood for what is told otherwise now.
        before.ExceptWith(guarded.Used(keptOnly: false));
        foreach (var name in before) guarded.Document.Components?.Schemas?.Remove(name);
    }
}
