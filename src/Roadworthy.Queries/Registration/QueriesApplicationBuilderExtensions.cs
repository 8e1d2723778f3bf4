using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Queries;
using Roadworthy.Queries.Registration;
using Roadworthy.Queries.Requests;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts Roadworthy.Queries into the pipeline.</summary>
public static class QueriesApplicationBuilderExtensions
{
    private const string Used = "Roadworthy.Queries";

    /// <summary>
    /// Records the statements of every request that comes by. Its place is behind <c>UseRouting</c>, so that the endpoint's budget is known, behind what
    /// answers exceptions (<c>UseRoadworthyErrors</c>), so that an exceeded one is answered, and before all that uses the database. Safe to call twice.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException">AddRoadworthyQueries was not called.</exception>
    public static IApplicationBuilder UseRoadworthyQueries(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<RequestHistory>() is null)
            throw new InvalidOperationException("UseRoadworthyQueries found none of its services. Call builder.Services.AddRoadworthyQueries() before builder.Build().");
        if (!app.ApplicationServices.GetRequiredService<QueriesOptions>().IsEnabled || !app.Properties.TryAdd(Used, null)) return app;
        app.ApplicationServices.GetRequiredService<QueriesListening>();
        return app.UseMiddleware<QueriesMiddleware>();
    }
}
