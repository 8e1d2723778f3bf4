using System.Globalization;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>The attempts to make one operation work as one identity.</summary>
internal sealed class Attempts(Driver driver, CallBuilder builder, ApiOperation operation, Identity identity, IReadOnlyDictionary<string, string>? given)
{
    private const int Most = 12;
    private const int MostCandidates = 4;

    private readonly HashSet<string> _avoid = new(StringComparer.Ordinal);
    private readonly List<Exchange> _crashes = [];
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private FillOptions _options = new() { Given = given };
    private Exchange? _last;
    private string? _etag;
    private bool _renewed;
    private bool _waited;
    private bool _swapped;
    private int _variant;
    private int _misses;

    public async Task<OperationOutcome> RunAsync(CancellationToken ct)
    {
        var count = 0;
        string? reason = null;
        while (reason is null && count < Most)
        {
            if (driver.Budget.IsUsedUp) return Failed("The budget of requests or time was used up.", count);
            if (driver.Deaths?.IsEnough(operation.Key) is true) return Failed("The backend's process ended of it, and it was not asked again.", count);
            var context = driver.Context(operation, identity, _options with { Avoid = _avoid });
            var missing = new List<string>();
            var call = builder.Build(context, CallBuilder.MediaTypeOf(operation, _options.MediaTypeChoice), _options.ForceBody, missing);
            _missing.UnionWith(context.Missing);
            if (call is null)
            {
                if (_options.Attempt == 0 && operation.Parameters.Any(parameter => parameter.Place is ParameterPlace.Path && parameter.Schema.Examples.Count > 0))
                {
                    _options = _options with { Attempt = 1 };
                    continue;
                }

                return Failed(_misses > 0 ? Refused() : $"No {string.Join(", no ", missing)} is known to ask for.", count) with { Missing = missing };
            }

            await AddPreconditionAsync(call, ct);
            _last = await driver.SendAsync(call, identity, ct);
            count++;
            if (Success.Is(_last))
            {
                LearnOwn(call);
                foreach (var (where, refers) in context.NaturalKeys) driver.RulesOf(operation).Add(where, refers ? new FieldRule { Reference = true } : new FieldRule { Unique = true });
                return new OperationOutcome { Operation = operation, Identity = identity.Name, Call = call, Exchange = _last, Attempts = count, Crashes = _crashes };
            }

            reason = await LearnAsync(call, context, ct);
        }

        return Failed(reason ?? Refused(), count);
    }

    /// <summary>Null where another attempt makes sense, else why not.</summary>
    private async Task<string?> LearnAsync(Call call, FillContext context, CancellationToken ct)
    {
        switch (_last!.Status)
        {
            case 0:
                return $"No answer came: {_last.Failure}";
            case 403 when RefusalReader.IsByField(_last.Response!):
                return Learn(call) || NextVariant(call) ? null : Refused();
            case 401 or 403 when driver.ProveByRefreshToken(operation, identity):
                return null;
            case 401 or 403 when !_renewed && !identity.IsAnonymous && driver.Renew is not null && _last.Status == 401:
                _renewed = true;
                return await driver.Renew(identity, ct) ? null : Refused();
            case 401 or 403:
                // Another one may be the asker's own.
                return _misses == 0 && NextCandidate(call) ? null : Refused();
            case 404 or 410:
                return NextCandidate(call) || NextMeaning(context) ? null : Refused();
            case 405 or 501:
                return Refused();
            case 412 or 428:
                _etag = null;
                return ++_misses > 2 ? Refused() : await FetchTagAsync(call, ct) ? null : Refused();
            case 415 when operation.Body is { Content.Count: > 1 } && _options.MediaTypeChoice < operation.Body.Content.Count - 1:
                _options = _options with { MediaTypeChoice = _options.MediaTypeChoice + 1 };
                return null;
            case 429:
                return await WaitAsync(ct) ? null : "Answers 429: too many requests, also after a pause.";
            case >= 500:
                if (_crashes.Count < 5) _crashes.Add(_last);
                return NextMeaning(context) || NextVariant(call) ? null : Refused();
            case >= 300 and < 400:
                return $"Redirects to {Secrets.Text(_last.Response!.Header("Location") ?? "nowhere")}.";
            default:
                return Learn(call) || NextMeaning(context) || NextVariant(call) ? null : Refused();
        }
    }

    /// <summary>What worked with the asker's own account only does so from the start next time.</summary>
    private void LearnOwn(Call call)
    {
        if (_avoid.Count == 0 || driver.Resources.OwnAccount(identity.Name) is not { } own) return;
        foreach (var binding in call.Bindings.Where(binding => binding.Where.StartsWith("path:", StringComparison.Ordinal) && binding.Resource == own.Kind && binding.Value == own.Value)) driver.RulesOf(operation).Add(binding.Where, new FieldRule { Own = true });
    }

    private bool Learn(Call call)
    {
        var (rules, isNew) = (driver.RulesOf(operation), false);
        foreach (var complaint in RefusalReader.Read(_last!.Response!))
        {
            if (ComplaintRules.Of(complaint) is not { } rule) continue;
            var where = Place(complaint.Field);
            // Whoever complains of what was not sent wants it, whatever the words.
            var isMissing = where.StartsWith('/') && call.Body is System.Text.Json.Nodes.JsonObject sent && where.LastIndexOf('/') == 0 && !sent.Any(member => Names.Plain(member.Key) == Names.Plain(where));
            isNew |= rules.Add(where, isMissing && !rule.Drop ? rule with { Required = true } : rule);
        }

        if (operation.Body is null && operation.Method is "POST" or "PUT" or "PATCH" && isNew) _options = _options with { ForceBody = true };
        return isNew;
    }

    /// <summary>A complaint names a query parameter by its bare name.</summary>
    private string Place(string field)
    {
        var name = field.TrimStart('/');
        if (name.StartsWith("query/", StringComparison.OrdinalIgnoreCase)) return "query:" + name[6..];
        return operation.Parameters.FirstOrDefault(parameter => parameter.Place is ParameterPlace.Query && parameter.Name == name) is { } query && operation.Body is null ? "query:" + query.Name : field;
    }

    private bool NextVariant(Call call)
    {
        _variant++;
        _options = _variant switch
        {
            1 => _options with { Fullness = Fullness.Required },
            2 => _options with { Fullness = Fullness.Full, TakesExamples = false, Attempt = 2 },
            3 => _options with { Fullness = Fullness.Required, TakesExamples = false, Attempt = 3 },
            _ => _options,
        };
        if (_variant == 4 && operation.Body is null && operation.Method is "POST" or "PUT" or "PATCH" && !_options.ForceBody)
        {
            _options = _options with { ForceBody = true };
            return true;
        }

        return _variant <= (call.Body is null && call.Query.Count == 0 && call.Path.Count == 0 ? 0 : 3);
    }

    /// <summary>A natural key may be the thing's own where it was taken for another's, or the other way round: once, then as it was.</summary>
    private bool NextMeaning(FillContext context)
    {
        var isNext = !_swapped && context.NaturalKeys.Count > 0;
        _swapped |= isNext;
        _options = _options with { SwapsKeys = isNext };
        return isNext;
    }

    private bool NextCandidate(Call call)
    {
        if (++_misses > MostCandidates || call.Bindings.Count == 0) return false;
        // The last one is the most specific; a body's may be what was not found, too.
        var path = call.Bindings.Where(binding => binding.Where.StartsWith("path:", StringComparison.Ordinal)).Select(binding => binding.Value).ToList();
        var refused = path.Count > 0 ? path[^1] : call.Bindings[^1].Value;
        return _avoid.Add(refused);
    }

    private async Task AddPreconditionAsync(Call call, CancellationToken ct)
    {
        if (_etag is null && operation.Parameters.Any(parameter => parameter.Place is ParameterPlace.Header && parameter.Name.Equals("If-Match", StringComparison.OrdinalIgnoreCase))) await FetchTagAsync(call, ct);
        if (_etag is not null) call.Headers["If-Match"] = _etag;
    }

    private async Task<bool> FetchTagAsync(Call call, CancellationToken ct)
    {
        _etag = await TagFinder.FetchAsync(driver, call, identity, ct);
        return _etag is not null;
    }

    private async Task<bool> WaitAsync(CancellationToken ct)
    {
        if (_waited) return false;
        _waited = true;
        var seconds = int.TryParse(_last!.Response!.Header("Retry-After"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var asked) ? asked : 2;
        if (seconds is < 0 or > 10) return false;
        await Task.Delay(TimeSpan.FromSeconds(seconds), ct);
        return true;
    }

    private OperationOutcome Failed(string reason, int count) => new()
    {
        Operation = operation,
        Identity = identity.Name,
        Exchange = _last,
        Reason = reason,
        Attempts = count,
        Crashes = _crashes,
        Missing = [.. _missing],
    };

    private string Refused() => _last is null ? "It was not asked." : $"Answers {_last.Status}{Success.Quote(_last)}";
}
