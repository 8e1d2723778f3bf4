using System.Globalization;

namespace FirstDraft.Tests.Faults;

/// <param name="Id">Such as I1.</param>
/// <param name="HasTwinInBuild">Whether its last column names something.</param>
internal sealed record FaultRow(string Id, bool HasTwinInBuild);

/// <param name="Route">Such as <c>PATCH /api/me</c>.</param>
/// <param name="Field">Such as <c>items[0].quantity</c>.</param>
/// <param name="Kind">number or boolean.</param>
internal sealed record StrictPlace(string Route, string Field, string Kind);

/// <summary>A draft's FAULTS.md, read.</summary>
internal sealed class FaultTable
{
    private const string StrictTitle = "## The strict places of I1: ";

    private readonly string[] _lines;

    private FaultTable(string[] lines) => _lines = lines;

    public IEnumerable<FaultRow> Rows => Cells("## Faults").Select(cells => new FaultRow(cells[0], cells[^1] != "-"));

    public IEnumerable<StrictPlace> StrictPlaces => Cells(StrictTitle).Select(cells => new StrictPlace(cells[0].Trim('`'), cells[1].Trim('`'), cells[2]));

    /// <summary>The number that the title claims.</summary>
    public int StrictPlacesClaimed => int.Parse(_lines.Single(line => line.StartsWith(StrictTitle, StringComparison.Ordinal))[StrictTitle.Length..], CultureInfo.InvariantCulture);

    /// <param name="folder">The draft's.</param>
    public static FaultTable Of(string folder) => new(File.ReadAllLines(Path.Combine(folder, "FAULTS.md")));

    private IEnumerable<string[]> Cells(string title) => _lines
        .SkipWhile(line => !line.StartsWith(title, StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith('|')).Skip(2)
        .Select(line => line.Replace("\\|", "¦", StringComparison.Ordinal).Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());
}
