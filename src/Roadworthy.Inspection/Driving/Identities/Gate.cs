using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>Operations that turn the anonymous away: by them it is seen whether a proof is one.</summary>
internal sealed class Gate
{
    private const int MostTried = 40;
    private const int MostKept = 3;

    private readonly Driver _driver;
    private readonly List<(Call Call, int Anonymous)> _closed = [];

    private Gate(Driver driver) => _driver = driver;

    /// <summary>Whether there is any: if not, proofs are taken on trust.</summary>
    public bool Exists => _closed.Count > 0;

    public IEnumerable<string> Operations => _closed.Select(closed => closed.Call.Operation.Key);

    public static async Task<Gate> FindAsync(Driver driver, Identity anonymous, CancellationToken ct)
    {
        var gate = new Gate(driver);
        foreach (var operation in driver.Description.Operations.Where(operation => !AuthShapes.IsDangerous(operation)).OrderBy(Rank).ThenBy(operation => operation.Key, StringComparer.Ordinal).Take(MostTried))
        {
            if (gate._closed.Count == MostKept || driver.Budget.IsUsedUp) break;
            var call = Dummy(operation);
            var exchange = await driver.SendAsync(call, anonymous, ct);
            if (IsTurnedAway(exchange)) gate._closed.Add((call, exchange.Status));
        }

        return gate;
    }

    /// <summary>Whether the identity is let in where nobody else is. True where there is no closed operation.</summary>
    public async Task<bool> LetsInAsync(Identity identity, CancellationToken ct)
    {
        var known = new List<Call>();
        foreach (var (call, anonymous) in _closed)
        {
            var exchange = await _driver.SendAsync(call, identity, ct);
            if (exchange.Status is not 0 and < 500 && !IsTurnedAway(exchange)) return true;
            if (exchange.Status == 403 && anonymous != 403) known.Add(call);
        }

        // An administrator's operation: known, but not let in. Whoever shows a spoilt proof is not known.
        foreach (var call in known)
            if ((await _driver.SendAsync(call, Spoilt(identity), ct)).Status is not (0 or 403)) return true;
        return !Exists;
    }

    private static Identity Spoilt(Identity identity)
    {
        static string Other(string value) => value.Length < 8 ? value + "x" : value[..^6] + (value.EndsWith("AAAAAA", StringComparison.Ordinal) ? "BBBBBB" : "AAAAAA");
        var spoilt = new Identity { Name = identity.Name, Proofs = [.. identity.Proofs.Select(proof => proof with { Value = Other(proof.Value) })] };
        foreach (var (name, value) in identity.Cookies) spoilt.Cookies[name] = Other(value);
        return spoilt;
    }

    public static bool IsTurnedAway(Exchange exchange) =>
        exchange.Status is 401 or 403 || (exchange.Status is 302 or 303 && exchange.Response!.Header("Location")?.Contains("login", StringComparison.OrdinalIgnoreCase) is true)
        || (exchange.Status is 400 or 500 && exchange.Response!.Text is { Length: < 2000 } text && (text.Contains("no token", StringComparison.OrdinalIgnoreCase) || text.Contains("unauthorized", StringComparison.OrdinalIgnoreCase)
            || text.Contains("jwt must be provided", StringComparison.OrdinalIgnoreCase) || text.Contains("not authenticated", StringComparison.OrdinalIgnoreCase) || text.Contains("No auth", StringComparison.OrdinalIgnoreCase)));

    private static int Rank(ApiOperation operation)
    {
        var rank = operation.Method is "GET" ? 0 : 20;
        rank += operation.Path.Contains('{', StringComparison.Ordinal) ? 8 : 0;
        rank += operation.Security is { Count: > 0 } ? 0 : 4;
        return rank - (operation.Path.EndsWith("/me", StringComparison.OrdinalIgnoreCase) || operation.Path.EndsWith("/profile", StringComparison.OrdinalIgnoreCase) || operation.Path.EndsWith("/user", StringComparison.OrdinalIgnoreCase) ? 3 : 0);
    }

    private static Call Dummy(ApiOperation operation)
    {
        var call = new Call { Operation = operation };
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place is ParameterPlace.Path))
            call.Path[parameter.Name] = parameter.Schema.Format is "uuid" ? "00000000-0000-4000-8000-000000000000" : "1";
        return call;
    }
}
