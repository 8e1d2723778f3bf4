using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection;

/// <summary>
/// What probes stand on: a backend that runs, its description, people who are signed up, and for each operation a request that works or the
/// reason why there is none.
/// </summary>
internal sealed class InspectionSetup : IAsyncDisposable
{
    private const int LongestLine = 300;
    private static readonly TimeSpan LogQuiet = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LogLimit = TimeSpan.FromSeconds(1);

    private readonly SetupOptions _options;
    private readonly List<string> _notes = [];
    private BackendHost? _host;
    private DatabaseUse? _use;
    private ApiClient? _client;
    private Identity? _throwaway;

    private InspectionSetup(SetupOptions options) => _options = options;

    /// <summary>Null where the backend was running already.</summary>
    public RunningBackend? Backend { get; private set; }

    public BackendHost? Host => _host;

    public ApiDescription Description { get; private set; } = null!;

    public Driver Driver { get; private set; } = null!;

    public Accounts Accounts { get; private set; } = null!;

    public Identity Anonymous => Accounts.Anonymous;

    /// <summary>A and B, as far as they could be had.</summary>
    public List<Identity> Users { get; } = [];

    /// <summary>Null where none could be had.</summary>
    public Identity? Administrator { get; private set; }

    public Survey Survey { get; private set; } = null!;

    /// <summary>Somebody whose session may be ended and whose account may be locked, the same one each time; null where nobody can be signed up.</summary>
    public async Task<Identity?> ThrowawayAsync(CancellationToken ct) => _throwaway ??= await AnotherAsync(ct);

    /// <summary>The same, another one each time.</summary>
    public async Task<Identity?> AnotherAsync(CancellationToken ct) => Users.Count == 0 ? null : await Accounts.SignUpAsync("D", ct);

    /// <summary>What was found out and done on the way, a sentence each.</summary>
    public IEnumerable<string> Notes => _notes.Concat(Description?.Faults ?? []).Concat(Accounts?.Notes ?? []).Concat(
        _client is { Addresses: > 1 } client ? [$"What 127.0.0.1 was not let ask any more (429) was asked from other addresses of this machine's loopback, up to 127.0.0.{client.Addresses}."] : []);

    private string? Direct => _options.DirectConnectionString ?? _options.ConnectionString;

    /// <summary>Starts what has to be started, and surveys.</summary>
    /// <exception cref="InspectionException">The backend does not come up, or nothing describes its API; the message says what to do.</exception>
    public static async Task<InspectionSetup> PrepareAsync(SetupOptions options, CancellationToken ct)
    {
        var setup = new InspectionSetup(options);
        try
        {
            await setup.StartAsync(ct);
            await setup.SurveyAsync(ct);
            return setup;
        }
        catch
        {
            await setup.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a working request of an operation, fresh where it uses something up; with what the backend wrote meanwhile. Null where none works.</summary>
    public async Task<Exchange?> SendAsync(ApiOperation operation, Identity identity, CancellationToken ct) =>
        await Survey.FreshAsync(operation, identity, ct) is { } call ? await SendAsync(call, identity, ct) : null;

    /// <summary>Sends a call; with what the backend wrote meanwhile.</summary>
    public async Task<Exchange> SendAsync(Call call, Identity identity, CancellationToken ct)
    {
        return await WithLogAsync(await Driver.SendAsync(call, identity, ct), ct);
    }

    /// <summary>With what the backend wrote meanwhile.</summary>
    public async Task<Exchange> WithLogAsync(Exchange exchange, CancellationToken ct)
    {
        if (Backend is null) return exchange;
        await Backend.Output.QuietAsync(LogQuiet, LogLimit, ct);
        return exchange with { Log = [.. Backend.Output.Between(exchange.StartedAt, System.Diagnostics.Stopwatch.GetTimestamp()).Select(line => line.Raw)] };
    }

    /// <summary>Starts a backend anew that has ended, or no longer answers; where it listens may have changed.</summary>
    /// <returns>Whether it could be: not where the inspection did not start it.</returns>
    /// <exception cref="InspectionException">It does not come back.</exception>
    public async Task<bool> RestartAsync(CancellationToken ct)
    {
        if (Backend is null) return false;
        await Backend.RestartAsync(ct);
        _client!.Target = Backend.Address;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
    }

    /// <summary>What the survey's last requests have come to since. From here on whoever ends the backend looks after it.</summary>
    public async Task EndSurveyAsync(CancellationToken ct)
    {
        if (Driver.Deaths is not { } deaths) return;
        await deaths.EndAsync(ct);
        Survey.LeaveOut(deaths);
        if (deaths.Restarts > 0) await LetBackInAsync([], ct);
        if (deaths.Restarts > Deaths.Most) Note($"The backend's process ended {deaths.Restarts} times: the survey asked no more then, and what it had not come to is not probed.");
        deaths.IsWatching = false;
    }

    /// <summary>Who was let in before the backend was started anew is let in again: sessions that were kept in memory are gone with the process.</summary>
    /// <param name="others">Besides the users and the administrator.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Those who had to be.</returns>
    public async Task<IReadOnlyList<Identity>> LetBackInAsync(IEnumerable<Identity> others, CancellationToken ct)
    {
        var gate = await Accounts.GateAsync(ct);
        var again = new List<Identity>();
        foreach (var person in Users.Append(Administrator).Concat(others).OfType<Identity>().Distinct())
        {
            if (person.Credentials.Count == 0 || await gate.LetsInAsync(person, ct)) continue;
            await Accounts.LogInAsync(person, null, ct);
            again.Add(person);
        }

        return again;
    }

    private async Task StartAsync(CancellationToken ct)
    {
        var target = _options.Target;
        if (target is null)
        {
            if (_options.Backend is not { } backend || _options.ConnectionString is not { } connection) throw new InspectionException("Give the command that starts the backend, or the address of one that runs.");
            _host = new BackendHost(backend, connection);
            await _host.MigrateAsync(ct);
            if (!_host.BringsSchemaUpItself) Note(await _host.SeedAsync(ct));
            _use = _options.Statements is { } statements ? new DatabaseUse(statements, backend.Command) : null;
            _use?.Begin();
            Backend = await _host.StartAsync(ct);
            if (_use is { IsSeen: true }) _use = null;
            if (_host.BringsSchemaUpItself) Note(await _host.SeedAsync(ct));
            _use?.Begin();
            target = Backend.Address;
        }

        _client = new ApiClient(target, _options.AnswerTimeout);
        Description = _options.Api ?? await GivenDescription.ReadAsync(_client, _options.Description, _options.Target is null ? _options.Backend!.Directory : null, ct);
    }

    private void Note(string? note)
    {
        if (note is not null) _notes.Add(note);
    }

    private async Task SurveyAsync(CancellationToken ct)
    {
        _options.Backend?.Progress?.Invoke($"Looking for requests that work: {Description.Operations.Count} endpoints, described by {Description.Source}.");
        Driver = new Driver(_client!, Description, _options.Seed, new Budget(_options.MostRequests, _options.SurveyTime));
        if (Backend is { } backend) Driver.Deaths = new Deaths(() => backend.HasExited, WithLogAsync, RestartAsync);
        if (Direct is { } database) Driver.Resources.Stored = await StoredKeys.ReadAsync(database, ct);
        var shapes = AuthShapes.Of(Description);
        if (_use is not null) await _use.RequireAsync(new Driver(_client!, Description, _options.Seed, new Budget(DatabaseUse.MostRequests, _options.SurveyTime)), shapes, ct);
        await PrefixCheck.MendAsync(Driver, _notes, ct);
        Driver.IsRefresh = shapes.Refresh.Contains;
        Driver.Resources.IsNeeded = value => value.Created && value.Who is "A" or "B" or "admin" && shapes.SignUp.Contains(value.Source);
        Accounts = new Accounts(Driver, shapes, Direct is { } direct ? new AccountRows(direct).ActivateAsync : null, _host?.Mail, Wrote);
        (Driver.Renew, Driver.GivenFor, Driver.Changed) = (Accounts.RenewAsync, Accounts.GivenFor, Accounts.Follow);
        var enrolment = new Enrolment(Driver, Accounts, shapes, _options.Accounts, Direct, _notes);
        foreach (var name in (string[])["A", "B"])
        {
            if (await enrolment.UserAsync(name, ct) is { } user) Users.Add(user);
            _use?.RequireAccounts(Users.Count > 0);
        }

        Administrator = await enrolment.AdministratorAsync(Users.Count > 0, ct);
        Survey = new Survey(Driver, Accounts);
        await Survey.RunAsync(Administrator is null ? Users : [.. Users, Administrator], Users.Count == 0 ? null : token => Accounts.SignUpAsync("C", token), ct);
    }

    /// <summary>The line of an exchange's output that tells most of a failure.</summary>
    private string? Wrote(Exchange exchange)
    {
        var lines = Backend?.Output.Between(exchange.StartedAt, System.Diagnostics.Stopwatch.GetTimestamp()).Select(line => line.Shown.Trim()).Where(line => line.Length > 0).ToList() ?? [];
        var telling = lines.Find(line => line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("exception", StringComparison.OrdinalIgnoreCase)) ?? lines.LastOrDefault();
        return telling is null ? null : Secrets.Text(telling.Length > LongestLine ? telling[..LongestLine] + "..." : telling);
    }
}
