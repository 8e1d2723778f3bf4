using Roadworthy.Console.Text;
using Roadworthy.Errors.Tracking;

namespace Roadworthy.Console.Errors;

/// <summary>What the pages call the things of an error.</summary>
internal static class ErrorWords
{
    public static string Short(string type) => Visible.Line(type[(type.LastIndexOf('.') + 1)..], 100);

    /// <summary>What was done, as the page says after the redirect; null for anything else that an address may say.</summary>
    public static string? Done(string? what) => what switch
    {
        "resolve" => "Resolved. Seen again, it is a regression.",
        "resolve-next" => "Resolved in the next release: what this one still does is no regression.",
        "ignore" => "Ignored: it is counted, and left alone.",
        "reopen" => "Open again.",
        _ => null,
    };

    /// <summary>What somebody decided last. What came back since was resolved.</summary>
    public static string Decision(ErrorGroup group) => group.Status switch
    {
        ErrorGroupStatus.Ignored => "Ignored",
        ErrorGroupStatus.Open when !(group.RegressedAt > group.DecidedAt) => "Reopened",
        _ => "Resolved",
    };

    /// <summary>What is wrong with tracking itself; null where nothing is.</summary>
    public static string? Trouble(ErrorTrackingStatus status)
    {
        if (!status.On) return "Errors are not kept: no spool folder could be opened. They are in the log records only; see the log for why, and ErrorTrackingOptions.SpoolFolder.";
        var waiting = Figures.Bytes(status.WaitingBytes);
        if (status.DatabaseReachable == false) return $"The database can't be reached. {waiting} of errors wait in this instance's spool, and are counted when it is back.{Dropped(status)}";
        return status.Dropped > 0 ? $"Tracking goes on.{Dropped(status)}" : null;
    }

    private static string Dropped(ErrorTrackingStatus status) =>
        status.Dropped == 0 ? "" : $" {Figures.Number(status.Dropped)} found the spool full and were dropped: they are in the log records only.";
}
