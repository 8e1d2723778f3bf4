using System.Runtime.InteropServices;
using NpgsqlTypes;

namespace Roadworthy.Inspection.Data;

/// <summary>A row as it was last written: where, and by which transaction. Whoever writes it again makes another version, so what has the same one is the same row.</summary>
/// <param name="Table">The table that it lies in: one of the parts, where there are such.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowVersion(uint Table, NpgsqlTid Place, uint Writer)
{
    /// <summary>Its columns, for <see cref="Npgsql.NpgsqlDataReader"/>.</summary>
    public const string Columns = "tableoid, ctid, xmin";
}
