using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Roadworthy.Input.Endpoints;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Roadworthy.Input.Problems;

/// <summary>
/// Writes a problem through the application's own service. Where no writer of it wants to (a browser that accepts HTML only), the same document is
/// written here, so that a refused request always says why.
/// </summary>
internal sealed class ProblemAnswer(
    IProblemDetailsService service, IOptions<ProblemDetailsOptions> problems, IOptions<JsonOptions> json, ILogger<EndpointGuard> logger)
{
    private const string ContentType = "application/problem+json";

    public async Task WriteAsync(HttpContext http, ProblemDetails problem)
    {
        http.Response.StatusCode = problem.Status ?? StatusCodes.Status400BadRequest;
        var context = new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem };
        var controller = WithoutMvcsWriter.Apply(http);
        try
        {
            if (await service.TryWriteAsync(context).ConfigureAwait(false)) return;
            await WriteAsync(http, Customised(context)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The client gets its problem whatever a customisation or a writer does.
        catch (Exception failure) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotCustomised(logger, failure);
            await WriteAsync(http, Plain(problem)).ConfigureAwait(false);
        }
        finally
        {
            if (controller is not null) http.SetEndpoint(controller);
        }
    }

    private byte[] Customised(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        problems.Value.CustomizeProblemDetails?.Invoke(context);
        return Json(context.ProblemDetails, json.Value.SerializerOptions.GetTypeInfo(context.ProblemDetails.GetType()));
    }

    /// <summary>Extensions may hold what the application's options can't write; they are what is given up.</summary>
    private static byte[] Plain(ProblemDetails problem)
    {
        problem.Extensions.Clear();
        return problem is InputProblem input ? Json(input, InputProblemJson.Web.InputProblem) : Json(problem, InputProblemJson.Web.ProblemDetails);
    }

    private static byte[] Json(ProblemDetails problem, JsonTypeInfo typeInfo) => JsonSerializer.SerializeToUtf8Bytes(problem, typeInfo);

    private static async Task WriteAsync(HttpContext http, byte[] body)
    {
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }
}
