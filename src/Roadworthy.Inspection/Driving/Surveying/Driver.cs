using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>Drives operations: fills a call, sends it, learns from what comes back, and tries again, a bounded number of times.</summary>
internal sealed class Driver
{
    private const int MostRemembered = 5_000;

    // What an answer's tree takes is a multiple of its bytes.
    private const long MostRememberedBytes = 32 * 1024 * 1024;

    private readonly CallBuilder _builder;
    private readonly Dictionary<string, LearnedRules> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refreshing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _slashed = new(StringComparer.Ordinal);
    private readonly List<Exchange> _history = [];
    private long _remembered;
    private int _serial;

    /// <param name="client">Leads to the backend.</param>
    /// <param name="description">What it offers.</param>
    /// <param name="seed">The same one makes the same requests, for the same answers.</param>
    /// <param name="budget">How much may be asked.</param>
    public Driver(ApiClient client, ApiDescription description, int seed, Budget budget)
    {
        (Client, Description, Budget) = (client, description, budget);
        Resources.LearnKeys(description);
        _builder = new CallBuilder(new ValueGenerator(seed, Resources), Resources, seed);
    }

    public ApiClient Client { get; }

    public ApiDescription Description { get; }

    public Budget Budget { get; }

    public ResourceModel Resources { get; } = new();

    /// <summary>Lets an identity in again whose proof has ended; says whether it is.</summary>
    public Func<Identity, CancellationToken, Task<bool>>? Renew { get; set; }

    /// <summary>What an operation about somebody's own account is filled with: their name and password, their refresh token, a token from their mail.</summary>
    public Func<ApiOperation, Identity, IReadOnlyDictionary<string, string>?>? GivenFor { get; set; }

    /// <summary>Is told what succeeded and stays: it may have changed somebody's name or password.</summary>
    public Action<Call, Exchange, Identity>? Changed { get; set; }

    /// <summary>Whether an operation gives a new token for an old one.</summary>
    public Func<ApiOperation, bool>? IsRefresh { get; set; }

    /// <summary>Sees that the backend lives; null where nobody could start it anew.</summary>
    public Deaths? Deaths { get; set; }

    /// <summary>Which request made what, in order; the last 5,000.</summary>
    public IReadOnlyList<Exchange> History => _history;

    public LearnedRules RulesOf(ApiOperation operation)
    {
        if (!_rules.TryGetValue(operation.Key, out var rules)) _rules[operation.Key] = rules = new LearnedRules();
        return rules;
    }

    /// <summary>A call from what is known by now, with values of its own; null where something is missing that it needs.</summary>
    public Call? Build(ApiOperation operation, Identity identity, FillOptions? options = null)
    {
        options ??= new FillOptions();
        var missing = new List<string>();
        return _builder.Build(Context(operation, identity, options), CallBuilder.MediaTypeOf(operation, options.MediaTypeChoice), options.ForceBody, missing);
    }

    /// <summary>A call as it goes out.</summary>
    public WireRequest RequestOf(Call call, Identity identity)
    {
        var request = call.ToRequest(Description.Prefix, identity);
        if (_refreshing.Contains(call.Operation.Key) && identity.RefreshToken is { } token) request = request.With("Authorization", "Bearer " + token);
        return _slashed.Contains(call.Operation.Key) ? request with { Target = Slashed(request.Target) } : request;
    }

    /// <summary>From now on an operation is asked with the refresh token in place of the proof, as some want it.</summary>
    /// <returns>Whether that is another way than before.</returns>
    public bool ProveByRefreshToken(ApiOperation operation, Identity identity) => identity.RefreshToken is not null && IsRefresh?.Invoke(operation) is true && _refreshing.Add(operation.Key);

    /// <summary>Sends a call, and remembers what its answer tells of resources.</summary>
    public Task<Exchange> SendAsync(Call call, Identity identity, CancellationToken ct) => SendAsync(call, identity, isTrial: false, ct);

    /// <summary>Sends a call whose effects are taken back: what its answer tells is not there any more.</summary>
    public Task<Exchange> TryAsync(Call call, Identity identity, CancellationToken ct) => SendAsync(call, identity, isTrial: true, ct);

    private async Task<Exchange> SendAsync(Call call, Identity identity, bool isTrial, CancellationToken ct)
    {
        Budget.Take(isTrial);
        var request = RequestOf(call, identity);
        var exchange = await Client.SendAsync(request, identity.Name, call.Operation, ct);
        if (!isTrial && Deaths is { } deaths)
        {
            exchange = await deaths.AfterAsync(exchange, identity, token => AgainAsync(call, identity, token), ct);
            if (deaths.Restarts > Deaths.Most) Budget.End();
        }

        if (exchange.Status is 301 or 307 or 308 && exchange.Response!.Header("Location") is { } location && Path(location) == Path(Slashed(request.Target)) && _slashed.Add(call.Operation.Key))
            return await SendAsync(call, identity, isTrial, ct);
        if (!isTrial) Remember(call, exchange, identity);
        return exchange;
    }

    /// <summary>As somebody whose session may have ended meanwhile.</summary>
    private async Task<Exchange> AgainAsync(Call call, Identity identity, CancellationToken ct)
    {
        var exchange = await Client.SendAsync(RequestOf(call, identity), identity.Name, call.Operation, ct);
        if (exchange.Status != 401 || identity.IsAnonymous || Renew is null || !await Renew(identity, ct)) return exchange;
        return await Client.SendAsync(RequestOf(call, identity), identity.Name, call.Operation, ct);
    }

    /// <summary>Tries until one works, nothing new is learned, or the attempts are used up.</summary>
    public Task<OperationOutcome> SolveAsync(ApiOperation operation, Identity identity, CancellationToken ct, IReadOnlyDictionary<string, string>? given = null) =>
        new Attempts(this, _builder, operation, identity, given).RunAsync(ct);

    internal FillContext Context(ApiOperation operation, Identity identity, FillOptions options) => new(operation, identity.Name, RulesOf(operation), ++_serial, options.Attempt)
    {
        Fullness = options.Fullness,
        TakesExamples = options.TakesExamples,
        Given = options.Given ?? GivenFor?.Invoke(operation, identity) ?? new Dictionary<string, string>(StringComparer.Ordinal),
        SwapsKeys = options.SwapsKeys,
        Avoid = options.Avoid ?? new HashSet<string>(StringComparer.Ordinal),
    };

    private void Remember(Call call, Exchange exchange, Identity identity)
    {
        _history.Add(exchange);
        _remembered += exchange.Response?.Body.Length ?? 0;
        while (_history.Count > MostRemembered || _remembered > MostRememberedBytes)
        {
            _remembered -= _history[0].Response?.Body.Length ?? 0;
            _history.RemoveAt(0);
        }

        foreach (var binding in call.Bindings.Where(binding => binding.Where.StartsWith("path:", StringComparison.Ordinal))) Resources.Judge(call.Operation, identity.Name, binding.Value, isRefused: exchange.Status == 403);
        if (!exchange.Succeeded) return;
        Harvest.From(exchange, Resources);
        Harvest.FromCall(call, exchange, Resources);
        Harvest.Renamed(call, exchange, Resources);
        Changed?.Invoke(call, exchange, identity);
        // A refresh uses the old one up.
        if (identity.RefreshToken is { } used && (call.Body?.ToJsonString().Contains(used, StringComparison.Ordinal) is true || exchange.Request.Headers.Any(header => header.Value.EndsWith(used, StringComparison.Ordinal))) && TokenFinder.Find(exchange.Response!).Refresh is { } next) identity.RefreshToken = next;
        if (call.Operation.Method is "DELETE" && call.Bindings.LastOrDefault(binding => binding.Where.StartsWith("path:", StringComparison.Ordinal)) is { } last && call.Operation.Path.EndsWith('}'))
            Resources.Remove(last.Resource, last.Value);
    }

    private static string Slashed(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        return path.EndsWith('/') ? target : path + "/" + (query < 0 ? "" : target[query..]);
    }

    private static string Path(string location) => (location.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(location, UriKind.Absolute, out var uri) ? uri.AbsolutePath : location.Split('?')[0]);
}

/// <summary>How a call is filled.</summary>
internal sealed record FillOptions
{
    public Fullness Fullness { get; init; }

    /// <summary>From 0: later ones take other possibilities.</summary>
    public int Attempt { get; init; }

    public bool TakesExamples { get; init; } = true;

    public int MediaTypeChoice { get; init; }

    /// <summary>Whether a natural key is taken for what it was not: the thing's own, or another's.</summary>
    public bool SwapsKeys { get; init; }

    /// <summary>A JSON body also where none is described.</summary>
    public bool ForceBody { get; init; }

    public IReadOnlyDictionary<string, string>? Given { get; init; }

    public IReadOnlySet<string>? Avoid { get; init; }
}
