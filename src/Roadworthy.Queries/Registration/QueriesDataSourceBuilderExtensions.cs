using Roadworthy.Queries.Recording;

namespace Npgsql;

/// <summary>Lets a data source tell Roadworthy.Queries what it sends.</summary>
public static class QueriesDataSourceBuilderExtensions
{
    /// <summary>
    /// Lets the data source tell which command it sends, so that statements are told by their values: the same from different, and thereby N+1 from a
    /// statement that was repeated in vain. Values are hashed in passing, and never kept. Without it, statements are counted and no more. It is Npgsql's
    /// filter of commands and batches that is set: another filter that is configured later takes its place.
    /// </summary>
    /// <param name="builder">Of the data source.</param>
    /// <returns>The same builder.</returns>
    public static NpgsqlDataSourceBuilder UseRoadworthyQueries(this NpgsqlDataSourceBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureTracing(Configure);
    }

    /// <inheritdoc cref="UseRoadworthyQueries(NpgsqlDataSourceBuilder)"/>
    public static NpgsqlSlimDataSourceBuilder UseRoadworthyQueries(this NpgsqlSlimDataSourceBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureTracing(Configure);
    }

    private static void Configure(NpgsqlTracingOptionsBuilder tracing) =>
        tracing.ConfigureCommandFilter(NpgsqlSource.Ask).ConfigureBatchFilter(NpgsqlSource.Ask);
}
