namespace Roadworthy.Backend.Benchmarks.Measuring;

/// <summary>What a request took.</summary>
/// <param name="Site">CPU time of the site's process.</param>
/// <param name="Postgres">CPU time of the PostgreSQL server, its background included.</param>
/// <param name="Statements">Statements at top level, as pg_stat_statements counts them: BEGIN, COMMIT and a pool's resets too.</param>
/// <param name="Elapsed">The time of the round by its requests.</param>
internal sealed record Cost(TimeSpan Site, TimeSpan Postgres, double Statements, TimeSpan Elapsed)
{
    public TimeSpan Together => Site + Postgres;
}
