using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>
/// Walks the whole API, what needs nothing first: for each operation and identity the best working request, or why there is none.
/// </summary>
internal sealed class Survey(Driver driver, Accounts accounts)
{
    private const int MostRounds = 6;

    private readonly Switches _switches = new(driver);
    private readonly Dictionary<(string Operation, string Identity), OperationOutcome> _outcomes = [];

    public IReadOnlyCollection<OperationOutcome> Outcomes => _outcomes.Values;

    public OperationOutcome? Of(ApiOperation operation, Identity identity) => _outcomes.GetValueOrDefault((operation.Key, identity.Name));

    /// <summary>As whichever identity it works best: the first of those given at the survey.</summary>
    public OperationOutcome? Best(ApiOperation operation) =>
        _outcomes.Values.Where(outcome => outcome.Operation.Key == operation.Key).OrderByDescending(outcome => outcome.Succeeded).FirstOrDefault();

    /// <param name="users">Who asks, the main one first; an administrator last.</param>
    /// <param name="throwaway">Makes somebody whose session and account may be ended; null where nobody can be made.</param>
    /// <param name="ct">Gives up.</param>
    public async Task RunAsync(IReadOnlyList<Identity> users, Func<CancellationToken, Task<Identity?>>? throwaway, CancellationToken ct)
    {
        var everyone = users.Count == 0 ? [accounts.Anonymous] : users;
        var harmless = Ordered(driver.Description.Operations.Where(operation => !AuthShapes.IsDangerous(operation))).ToList();
        // All of them by turns: what an administrator made is what a user needs.
        // What hangs under something goes before it.
        var deletes = harmless.Where(operation => operation.Method is "DELETE").OrderByDescending(operation => operation.Path.Count(c => c == '/')).ToList();
        await RoundsAsync([.. harmless.Except(deletes)], everyone, ct);
        await RoundsAsync(deletes, everyone, ct);
        await AgainAsync(everyone, ct);
        if (users.Count > 0) await AsAnonymousAsync(users, ct);
        await DangerousAsync(users, throwaway, ct);
    }

    /// <summary>
    /// A call that works now: values of its own, and a thing of its own where the operation uses one up. Null where it has never worked as
    /// anybody, or what it needs can't be made.
    /// </summary>
    public async Task<Call?> FreshAsync(ApiOperation operation, Identity identity, CancellationToken ct)
    {
        var needsNew = operation.Method is "DELETE" || (operation.Method is "POST" && operation.Path.Contains('{', StringComparison.Ordinal));
        var isNew = needsNew && await CreateAsync(operation, identity, ct);
        var known = Of(operation, identity);
        await _switches.PrepareOffAsync(operation, identity, ct);
        // What is new is off.
        var call = !isNew && known is { Succeeded: true } && _switches.OffOf(operation) is not null ? await _switches.FindOnAsync(operation, identity, ct) : null;
        call ??= driver.Build(operation, identity);
        if (call is null && !needsNew)
        {
            // The survey has deleted what it was asked for.
            await CreateAsync(operation, identity, ct);
            call = driver.Build(operation, identity);
        }

        if (call is null || known?.Call is not { } worked) return call;
        foreach (var (name, value) in worked.Headers.Where(header => !call.Headers.ContainsKey(header.Key) && !header.Key.Equals("If-Match", StringComparison.OrdinalIgnoreCase))) call.Headers[name] = value;
        if (worked.Headers.ContainsKey("If-Match") && await TagFinder.FetchAsync(driver, call, identity, ct) is { } tag) call.Headers["If-Match"] = tag;
        return call;
    }

    /// <summary>Makes what the operation is about; false where that can't be.</summary>
    private async Task<bool> CreateAsync(ApiOperation operation, Identity identity, CancellationToken ct)
    {
        var collection = Names.CollectionPath(operation.Path) ?? operation.Path;
        var kind = Names.KindOf(Names.CollectionOf(operation.Path) ?? "");
        var creator = driver.Description.Operations.FirstOrDefault(each => each.Method is "POST" && each.Path.TrimEnd('/') == collection.TrimEnd('/'))
            ?? driver.Description.Operations.FirstOrDefault(each => each.Method is "POST" or "PUT" && Names.EndsInMaking(each.Path) && Names.KindOf(Names.CollectionOf(each.Path) ?? "") == kind);
        return creator is not null && Of(creator, identity) is { Succeeded: true } && (await driver.SolveAsync(creator, identity, ct)).Succeeded;
    }

    /// <summary>What was deleted and switched off is there again: the lists of each would be empty, and tell nothing.</summary>
    private async Task AgainAsync(IReadOnlyList<Identity> everyone, CancellationToken ct)
    {
        foreach (var outcome in _outcomes.Values.Where(outcome => outcome is { Succeeded: true, Call: not null, Operation.Method: "DELETE" }).OrderBy(outcome => _switches.OnOf(outcome.Operation) is not null).ToList())
        {
            if (driver.Budget.IsUsedUp || everyone.FirstOrDefault(identity => identity.Name == outcome.Identity) is not { } who) continue;
            if (_switches.OnOf(outcome.Operation) is null) await CreateAsync(outcome.Operation, who, ct);
            else await _switches.OnAsync(outcome.Call!, who, ct);
        }
    }

    private async Task RoundsAsync(List<ApiOperation> operations, IReadOnlyList<Identity> users, CancellationToken ct)
    {
        for (var round = 0; round < MostRounds && !driver.Budget.IsUsedUp; round++)
        {
            var before = driver.Resources.Version;
            var progress = false;
            foreach (var operation in operations)
            {
                foreach (var identity in users)
                {
                    if (driver.Budget.IsUsedUp) return;
                    if (_outcomes.TryGetValue((operation.Key, identity.Name), out var known) && (known.Succeeded || !IsWorthAnother(known, round))) continue;
                    await _switches.PrepareOffAsync(operation, identity, ct);
                    var outcome = await driver.SolveAsync(operation, identity, ct);
                    if (known is not null) outcome = outcome with { Attempts = outcome.Attempts + known.Attempts, Crashes = [.. known.Crashes.Concat(outcome.Crashes).Take(5)] };
                    _outcomes[(operation.Key, identity.Name)] = outcome;
                    progress |= outcome.Succeeded;
                }
            }

            if (!progress && driver.Resources.Version == before) return;
        }
    }

    /// <summary>Whether what has come up meanwhile may help.</summary>
    private bool IsWorthAnother(OperationOutcome outcome, int round)
    {
        if (outcome.Exchange is null) return true;
        if (outcome.WasTurnedAway) return round < 2 && outcome.Operation.Path.Contains('{', StringComparison.Ordinal);
        return outcome.Missing.Any(driver.Resources.Kinds.Contains) || round < 3;
    }

    private async Task AsAnonymousAsync(IReadOnlyList<Identity> users, CancellationToken ct)
    {
        foreach (var operation in Ordered(driver.Description.Operations.Where(operation => !AuthShapes.IsDangerous(operation))))
        {
            if (driver.Budget.IsUsedUp) return;
            if (_outcomes.Values.FirstOrDefault(outcome => outcome.Operation.Key == operation.Key && outcome.Succeeded) is not { Call: { } worked } outcome) continue;
            // As who it worked for would ask now: with things that are still there.
            var call = users.FirstOrDefault(user => user.Name == outcome.Identity) is { } worker ? driver.Build(operation, worker) ?? await FreshAsync(operation, worker, ct) ?? worked : worked;
            var exchange = await driver.SendAsync(call, accounts.Anonymous, ct);
            var works = Success.Is(exchange);
            _outcomes[(operation.Key, Identity.AnonymousName)] = new OperationOutcome
            {
                Operation = operation,
                Identity = Identity.AnonymousName,
                Call = works ? call : null,
                Exchange = exchange,
                Reason = works ? null : $"Answers {exchange.Status}{Success.Quote(exchange)}",
                Attempts = 1,
            };
        }
    }

    /// <summary>What ends the backend a while after its answer works for nobody: it would take whatever is asked next with it.</summary>
    public void LeaveOut(Deaths deaths)
    {
        foreach (var (key, outcome) in _outcomes.Where(each => each.Value.Succeeded && deaths.IsLate(each.Key.Operation)).ToList())
            _outcomes[key] = outcome with { Call = null, Reason = "The backend's process ends a while after its answer." };
    }

    private async Task DangerousAsync(IReadOnlyList<Identity> users, Func<CancellationToken, Task<Identity?>>? throwaway, CancellationToken ct)
    {
        foreach (var operation in Ordered(driver.Description.Operations.Where(operation => AuthShapes.IsDangerous(operation) || IsOwnEnd(operation))))
        {
            if (driver.Budget.IsUsedUp) return;
            var somebody = users.Count == 0 || throwaway is null ? null : await throwaway(ct);
            if (somebody is null && users.Count > 0)
            {
                _outcomes[(operation.Key, users[0].Name)] = new OperationOutcome { Operation = operation, Identity = users[0].Name, Reason = "It would end a session or an account that is still needed, and nobody else can be signed up." };
                continue;
            }

            var identity = somebody ?? accounts.Anonymous;
            await SupplyAsync(operation, identity, ct);
            _outcomes[(operation.Key, identity.Name)] = await driver.SolveAsync(operation, identity, ct, GivenToEnd(operation, identity));
        }
    }

    /// <summary>What deletes accounts, and nobody else's: somebody who is not needed may try it on their own.</summary>
    private bool IsOwnEnd(ApiOperation operation) =>
        operation.Method is "DELETE" && Names.KindOf(Names.CollectionOf(operation.Path) ?? "") is "user" or "account" or "member" or "customer" && !_outcomes.Values.Any(outcome => outcome.Operation.Key == operation.Key && outcome.Succeeded);

    /// <summary>A call that ends something of somebody's who is not needed, or uses up what was mailed to them; not sent yet. Null where what it needs can't be had.</summary>
    public async Task<Call?> EndingAsync(ApiOperation operation, Identity somebody, CancellationToken ct)
    {
        await SupplyAsync(operation, somebody, ct);
        return driver.Build(operation, somebody, new FillOptions { Given = GivenToEnd(operation, somebody) }) is { } call ? Shaped(call) : null;
    }

    /// <summary>Without the fields that the survey found it works without only.</summary>
    public Call Shaped(Call call)
    {
        if (Best(call.Operation) is not { Succeeded: true, Call.Body: JsonObject worked } || call.Body is not JsonObject body) return call;
        foreach (var name in body.Select(member => member.Key).Where(name => !worked.ContainsKey(name)).ToList()) body.Remove(name);
        return call;
    }

    /// <summary>What they need of their own comes first: their session, their token.</summary>
    private async Task SupplyAsync(ApiOperation operation, Identity identity, CancellationToken ct)
    {
        foreach (var list in Ordered(driver.Description.Operations.Where(each => each.Method is "GET" && operation.Path.Contains('{', StringComparison.Ordinal) && operation.Path.StartsWith(each.Path.TrimEnd('/') + "/", StringComparison.Ordinal))))
            await driver.SolveAsync(list, identity, ct);
        await accounts.Mailbox.OrderAsync(operation, identity, ct);
    }

    /// <summary>What an operation is filled with that ends somebody's session, password or account.</summary>
    private Dictionary<string, string> GivenToEnd(ApiOperation operation, Identity identity)
    {
        var given = new Dictionary<string, string>(driver.GivenFor?.Invoke(operation, identity) ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var name in (string[])["currentpassword", "oldpassword", "current", "old", "password"]) given[name] = identity.Credentials.GetValueOrDefault("password") ?? Texts.Password;
        foreach (var name in (string[])["new", "newpassword", "confirmpassword", "newpasswordconfirm", "passwordconfirmation", "confirmnewpassword"]) given[name] = Texts.Password + "2";
        if (identity.RefreshToken is { } refresh)
        {
            given["refreshtoken"] = given["refresh"] = refresh;
            given.TryAdd("token", refresh);
        }

        if (identity.Credentials.TryGetValue("email", out var email)) given["email"] = email;
        return given;
    }

    /// <summary>Lists and makers first, what hangs under something after it, what ends something last.</summary>
    private static IEnumerable<ApiOperation> Ordered(IEnumerable<ApiOperation> operations) =>
        operations.OrderBy(operation => operation.Path.Count(c => c == '{')).ThenBy(Rank).ThenBy(operation => operation.Path, StringComparer.Ordinal);

    private static int Rank(ApiOperation operation) => operation.Method switch
    {
        "GET" or "HEAD" when Harvest.EndsInCollection(operation.Path) => 0,
        "POST" when Harvest.EndsInCollection(operation.Path) => 1,
        "GET" or "HEAD" => 2,
        "DELETE" => 5,
        "PUT" or "PATCH" => 3,
        _ => 4,
    };
}
