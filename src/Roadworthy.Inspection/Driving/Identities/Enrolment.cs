using Roadworthy.Inspection.Data;

namespace Roadworthy.Inspection.Driving;

/// <summary>Gets the people in whose name the inspection asks: those that were given, else those who can sign up.</summary>
/// <param name="driver">Asks.</param>
/// <param name="accounts">Signs up and logs in.</param>
/// <param name="shapes">Which operations do so.</param>
/// <param name="given">Accounts that exist, by name: what a log-in asks for.</param>
/// <param name="database">The backend's database, for what no API does; null where it may not be touched.</param>
/// <param name="notes">Are told what was done, a sentence each.</param>
internal sealed class Enrolment(Driver driver, Accounts accounts, AuthShapes shapes, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> given, string? database, List<string> notes)
{
    private const string First = "A";
    private const string Administrator = "admin";

    /// <summary>Null where there is nobody to be had.</summary>
    public async Task<Identity?> UserAsync(string name, CancellationToken ct) => await OneAsync(name, ct) ?? (name == First ? await AfterFillingAsync(name, ct) : null);

    /// <summary>One that was given; else a user whom the database makes one, where it can be told how.</summary>
    public async Task<Identity?> AdministratorAsync(bool canSignUp, CancellationToken ct)
    {
        if (given.ContainsKey(Administrator)) return await OneAsync(Administrator, ct);
        if (database is null || !canSignUp || await accounts.SignUpAsync(Administrator, ct) is not { } identity) return null;
        var rows = new AccountRows(database);
        if (await rows.PromoteAsync(identity, ct) is not { } done) return null;
        notes.Add(done);
        // A token may hold the roles of the time when it was made.
        if (await accounts.LogInAsync(identity, null, ct)) return identity;
        await rows.DemoteAsync(identity, ct);
        return null;
    }

    private async Task<Identity?> OneAsync(string name, CancellationToken ct)
    {
        if (!given.TryGetValue(name, out var credentials)) return await accounts.SignUpAsync(name, ct);
        var identity = new Identity { Name = name };
        foreach (var (field, value) in credentials) identity.Credentials[Names.Plain(field)] = value;
        return await accounts.LogInAsync(identity, null, ct) ? identity : null;
    }

    /// <summary>The first once more, where nobody could sign up for want of what a sign-up refers to.</summary>
    private async Task<Identity?> AfterFillingAsync(string name, CancellationToken ct)
    {
        if (database is null || given.ContainsKey(name)) return null;
        if (await LookupRows.FillAsync(database, [.. shapes.SignUp.SelectMany(operation => LookupRows.KindsIn(operation, driver.RulesOf(operation)))], ct) is not { } done) return null;
        notes.Add(done);
        driver.Resources.Stored = await StoredKeys.ReadAsync(database, ct);
        return await OneAsync(name, ct);
    }
}
