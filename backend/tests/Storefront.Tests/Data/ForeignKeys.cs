using Storefront.Tests.Support;

namespace Storefront.Tests.Data;

/// <summary>The catalog's answer to: which foreign keys make PostgreSQL read the whole table?</summary>
internal static class ForeignKeys
{
    /// <summary>Foreign keys without an index whose first columns are the key's, in whatever order; partial and invalid indexes serve nobody.</summary>
    public static Task<List<string>> WithoutIndexAsync(string connection) => Sql.ColumnAsync<string>(
        connection,
        """
        SELECT c.conrelid::regclass || ' ' || c.conname
        FROM pg_constraint c
        WHERE c.contype = 'f' AND NOT EXISTS (
          SELECT FROM pg_index i
          WHERE i.indrelid = c.conrelid AND i.indisvalid AND i.indpred IS NULL
            AND (SELECT array_agg(k ORDER BY k) FROM unnest((i.indkey::int2[])[0:cardinality(c.conkey) - 1]) k)
              = (SELECT array_agg(k ORDER BY k) FROM unnest(c.conkey) k))
        ORDER BY 1
        """);
}
