using System.Text.Json.Serialization;

namespace Roadworthy.Inspection.Findings;

/// <summary>Something seen that shows the finding. Secrets are masked before it is made (<see cref="SecretScrubber"/>).</summary>
/// <param name="Caption">What it is, in a few words.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ExchangeEvidence), "exchange")]
[JsonDerivedType(typeof(StatementsEvidence), "statements")]
[JsonDerivedType(typeof(GrowthEvidence), "growth")]
[JsonDerivedType(typeof(InterleavingEvidence), "interleaving")]
[JsonDerivedType(typeof(WaterfallEvidence), "waterfall")]
[JsonDerivedType(typeof(LogEvidence), "log")]
[JsonDerivedType(typeof(ComparisonEvidence), "comparison")]
[JsonDerivedType(typeof(PlacesEvidence), "places")]
public abstract record Evidence(string Caption);

/// <summary>A request and its answer.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="Request">Method, target, headers that matter, body; as text.</param>
/// <param name="Status">The answer's status; 0 where there was none.</param>
/// <param name="Response">Headers that matter and body, as text, cut where it is long.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record ExchangeEvidence(string Caption, string Request, int Status, string Response, double Milliseconds) : Evidence(Caption);

/// <summary>What the database was asked during one request, by statement.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="Statements">By what they cost, the most first.</param>
public sealed record StatementsEvidence(string Caption, IReadOnlyList<StatementLine> Statements) : Evidence(Caption);

/// <param name="Sql">The statement, its values as placeholders.</param>
/// <param name="Count">How often it was sent.</param>
/// <param name="Rows">Rows that it returned, or changed, in all.</param>
/// <param name="Milliseconds">Time until the answers were there, in all.</param>
/// <param name="Note">What is remarkable about it; null for nothing.</param>
public sealed record StatementLine(string Sql, int Count, long Rows, double Milliseconds, string? Note = null);

/// <summary>How something grows with the data: what a plot is drawn from.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="XAxis">What is grown, such as <c>items returned</c>.</param>
/// <param name="YAxis">What grows with it, such as <c>statements</c>.</param>
/// <param name="Series">One line each.</param>
public sealed record GrowthEvidence(string Caption, string XAxis, string YAxis, IReadOnlyList<GrowthSeries> Series) : Evidence(Caption);

/// <param name="Name">What it is of, such as a statement.</param>
/// <param name="Points">By x.</param>
/// <param name="Slope">y for each x, by least squares.</param>
public sealed record GrowthSeries(string Name, IReadOnlyList<GrowthPoint> Points, double Slope);

/// <summary>One measurement.</summary>
public sealed record GrowthPoint(double X, double Y);

/// <summary>Two requests, step by step, in the order that was forced.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="Steps">In time.</param>
public sealed record InterleavingEvidence(string Caption, IReadOnlyList<InterleavingStep> Steps) : Evidence(Caption);

/// <param name="Lane">Whose step: <c>A</c>, <c>B</c>, or <c>-</c> for what is outside of both.</param>
/// <param name="Text">A statement, or what happens: <c>held before COMMIT</c>.</param>
/// <param name="IsHold">Whether here was waited for the other.</param>
public sealed record InterleavingStep(string Lane, string Text, bool IsHold = false);

/// <summary>What happened within one request, on a scale of time.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="Milliseconds">The whole.</param>
/// <param name="Bars">By their beginning.</param>
public sealed record WaterfallEvidence(string Caption, double Milliseconds, IReadOnlyList<WaterfallBar> Bars) : Evidence(Caption);

/// <param name="Name">A statement.</param>
/// <param name="Start">Milliseconds since the request was sent.</param>
/// <param name="Milliseconds">How long.</param>
/// <param name="IsMarked">Whether it belongs to what was found.</param>
public sealed record WaterfallBar(string Name, double Start, double Milliseconds, bool IsMarked);

/// <summary>What the backend said, or did not say, meanwhile.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="Lines">Its output, without control characters.</param>
public sealed record LogEvidence(string Caption, IReadOnlyList<string> Lines) : Evidence(Caption);

/// <summary>What should have been, and what was.</summary>
/// <param name="Caption">What is compared.</param>
/// <param name="Expected">What should have been, a line each.</param>
/// <param name="Actual">What was, a line each.</param>
public sealed record ComparisonEvidence(string Caption, IReadOnlyList<string> Expected, IReadOnlyList<string> Actual) : Evidence(Caption);

/// <summary>Everywhere that it is so, where one finding stands for many places.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="Places">Such as <c>POST /api/signup /age</c>.</param>
public sealed record PlacesEvidence(string Caption, IReadOnlyList<string> Places) : Evidence(Caption);
