namespace Roadworthy.Inspection.Driving;

/// <summary>A description's server may name another base path than the backend that runs here has: that is seen by 404s everywhere.</summary>
internal static class PrefixCheck
{
    private const int MostTried = 8;

    public static async Task MendAsync(Driver driver, List<string> notes, CancellationToken ct)
    {
        var described = driver.Description.Prefix;
        var best = (Prefix: described, Found: -1);
        foreach (var prefix in new[] { described, "", "/api", "/api/v1", "/v1" }.Distinct(StringComparer.Ordinal))
        {
            driver.Description.Prefix = prefix;
            var found = await FoundAsync(driver, ct);
            if (found > best.Found) best = (prefix, found);
            // Any answer at the described one is enough.
            if (prefix == described && found > 0) break;
        }

        driver.Description.Prefix = best.Prefix;
        if (best.Prefix != described) notes.Add($"The description puts its paths under '{described}', but the backend answers under '{best.Prefix}/'.");
    }

    private static async Task<int> FoundAsync(Driver driver, CancellationToken ct)
    {
        var found = 0;
        var anonymous = new Identity { Name = Identity.AnonymousName };
        var plain = driver.Description.Operations.Where(operation => !operation.Path.Contains('{', StringComparison.Ordinal) && !AuthShapes.IsDangerous(operation));
        foreach (var operation in plain.OrderByDescending(operation => operation.Method == "GET").Take(MostTried))
            if ((await driver.SendAsync(new Call { Operation = operation }, anonymous, ct)).Status is not (0 or 404 or 405)) found++;
        return found;
    }
}
