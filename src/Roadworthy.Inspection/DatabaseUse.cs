using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;
using Roadworthy.Wire;

namespace Roadworthy.Inspection;

/// <summary>
/// Whether a backend that the inspection has started uses the database that it was given: told by the statements that pass the proxy, before
/// anything is sent that writes. One that does not would have its developer's own data changed and deleted.
/// </summary>
/// <param name="statements">What passed the proxy.</param>
/// <param name="command">Started it.</param>
internal sealed class DatabaseUse(StatementLog statements, string command)
{
    /// <summary>How many <see cref="RequireAsync"/> sends at most.</summary>
    public const int MostRequests = 100;

    private const int MostReads = 12;
    private long _from;
    private bool _seen;

    /// <summary>Only what passes from here on is the backend's: migrations and seeds go the same way.</summary>
    public void Begin() => _from = statements.Position;

    /// <summary>Whether something has passed since; it stays seen when <see cref="Begin"/> is called again.</summary>
    public bool IsSeen => _seen |= statements.Position > _from;

    /// <summary>Reads, and tries one log-in that can't succeed, until a statement passes.</summary>
    /// <param name="driver">One of its own: what is made up here changes nothing of what the survey makes up.</param>
    /// <param name="shapes">Which operation logs in.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="InspectionException">None did, though what was answered needs a database.</exception>
    public async Task RequireAsync(Driver driver, AuthShapes shapes, CancellationToken ct)
    {
        if (IsSeen) return;
        var (described, guest) = (driver.Description.Prefix, new Identity { Name = Identity.AnonymousName });
        try
        {
            var reads = new List<Exchange>();
            foreach (var prefix in new[] { described, "", "/api", "/api/v1", "/v1" }.Distinct(StringComparer.Ordinal))
            {
                driver.Description.Prefix = prefix;
                reads = await ReadAsync(driver, guest, ct);
                if (IsSeen) return;
                if (reads.Exists(read => read.Status is not (0 or 404 or 405))) break;
            }

            // Whoever is not signed in may be turned away before anything is looked up; a log-in looks somebody up.
            var logIn = await LogInAsync(driver, shapes, guest, ct);
            if (IsSeen) return;
            if (logIn is { Status: 401 }) throw Refusal(logIn);
            if (!reads.Exists(read => read.Status is 401 or 403) && reads.Find(IsList) is { } list) throw Refusal(list);
        }
        finally
        {
            driver.Description.Prefix = described;
        }
    }

    /// <summary>What reads can't tell, an account does: who has one is in a database.</summary>
    /// <exception cref="InspectionException">There is one, and no statement passed.</exception>
    public void RequireAccounts(bool areThere)
    {
        if (areThere && !IsSeen) throw Refusal(null);
    }

    private async Task<List<Exchange>> ReadAsync(Driver driver, Identity guest, CancellationToken ct)
    {
        var reads = new List<Exchange>();
        foreach (var operation in driver.Description.Operations.Where(each => each.Method is "GET" && !AuthShapes.IsDangerous(each)).OrderBy(each => each.Path.Contains('{', StringComparison.Ordinal)))
        {
            if (reads.Count == MostReads || IsSeen) break;
            if (driver.Build(operation, guest) is { } call) reads.Add(await driver.SendAsync(call, guest, ct));
        }

        return reads;
    }

    private static async Task<Exchange?> LogInAsync(Driver driver, AuthShapes shapes, Identity guest, CancellationToken ct)
    {
        var name = $"nobody-{Guid.NewGuid():N}";
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["email"] = $"{name}@example.com", ["emailaddress"] = $"{name}@example.com", ["username"] = name, ["password"] = $"Aa1!{name}" };
        return shapes.LogIn is [var operation, ..] && driver.Build(operation, guest, new FillOptions { Given = given, TakesExamples = false }) is { } call ? await driver.SendAsync(call, guest, ct) : null;
    }

    /// <summary>Rows, or what would be rows if there were any.</summary>
    private static bool IsList(Exchange read)
    {
        if (!read.Succeeded) return false;
        try
        {
            var said = JsonNode.Parse(read.Response!.Text);
            return said is JsonArray || (said is JsonObject members && members.Any(member => member.Value is JsonArray));
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private InspectionException Refusal(Exchange? told) => new(
        $"None of the statements of '{command}' passed the inspection's proxy{(told is null ? "" : $", though it answered {told.Operation?.Key ?? told.Request.Target} with {told.Status}")}: it uses another database than the one that it was given, which may be your own. "
        + "So the inspection stops before it writes more. Tell the backend its database by the variable that it reads: --env \"DATABASE_URL={url}\", or {host}, {port}, {user}, {password} and {database} one by one. "
        + "A file of its own that wins over its variables has to be moved away; where its port can't be told, say --proxy-port 5432 while nothing else listens there.");
}
