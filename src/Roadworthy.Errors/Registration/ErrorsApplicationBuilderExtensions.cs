using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Errors.Metrics;
using Roadworthy.Errors.Problems;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts Roadworthy.Errors into the pipeline.</summary>
public static class ErrorsApplicationBuilderExtensions
{
    /// <summary>
    /// Answers what fails with a problem and records it once. Call it first: what stands before it in the pipeline is not covered.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="InvalidOperationException">AddRoadworthyErrors was not called.</exception>
    public static IApplicationBuilder UseRoadworthyErrors(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<ErrorsMetrics>() is null)
        {
            throw new InvalidOperationException(
                "UseRoadworthyErrors found none of its services. Call builder.AddRoadworthyErrors() before builder.Build().");
        }

        return app.UseMiddleware<ErrorsMiddleware>();
    }
}
