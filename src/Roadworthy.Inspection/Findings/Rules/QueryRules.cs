namespace Roadworthy.Inspection.Findings;

/// <summary>What the database is really asked.</summary>
public static class QueryRules
{
    /// <summary>The number of statements grows with the rows.</summary>
    public static Rule NPlusOne { get; } = new(
        "RW250", Severity.High, "One query per row",
        "Each row of the answer costs a statement of its own: 3 rows in a test are not noticed, 500 in production are 501 statements and seconds of waiting.",
        "Load the related rows with one statement for all (a join, an IN list, the ORM's include or preload), and assert the number of statements in a test.");

    /// <summary>The same statement with the same values, again and again.</summary>
    public static Rule Repeated { get; } = new(
        "RW251", Severity.Low, "The same question, asked again",
        "One statement is sent several times with the same values in one request. It does not grow with the data, and is paid for with every request.",
        "Ask once and keep the answer for the request.");

    /// <summary>A list without an end.</summary>
    public static Rule UnboundedList { get; } = new(
        "RW252", Severity.Medium, "A list without an end",
        "The list returns every row that there is. It grows until the answer, or the memory of server and client, does not fit any more.",
        "Page it: a limit with a maximum, and a cursor (keyset) for the next page.");

    /// <summary>Far more rows are read than are returned.</summary>
    public static Rule OverFetch { get; } = new(
        "RW253", Severity.Medium, "Reads far more than it returns",
        "The database hands over many more rows than the answer has: they are thrown away in the application, at the price of sending, parsing and memory.",
        "Filter, page and count in SQL.");

    /// <summary>A GET with effects.</summary>
    public static Rule WritingGet { get; } = new(
        "RW254", Severity.Medium, "A GET that writes",
        "Reading changes the database. Crawlers, prefetch and retries write; a read replica can't answer; a lock is taken to show a page.",
        "Move the write out of the request (a queue, a counter that is flushed), or make it a POST.");

    /// <summary>A foreign key without an index.</summary>
    public static Rule UnindexedForeignKey { get; } = new(
        "RW255", Severity.Medium, "A foreign key without an index",
        "PostgreSQL does not index foreign keys by itself: to find the children of one parent it reads the whole table, and so does every delete of a parent.",
        "CREATE INDEX CONCURRENTLY on the referencing columns.");

    /// <summary>A statement that reads the whole of a grown table.</summary>
    public static Rule FullScan { get; } = new(
        "RW256", Severity.Low, "Reads the whole table to find a few rows",
        "On grown data the plan of this statement reads a table from end to end and keeps a few rows of it.",
        "Add the index that the condition needs; the plan stands in the evidence.");

    internal static IReadOnlyList<Rule> All { get; } = [NPlusOne, Repeated, UnboundedList, OverFetch, WritingGet, UnindexedForeignKey, FullScan];
}
