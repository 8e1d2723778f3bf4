using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Backend;

namespace Roadworthy.Inspection.Driving;

/// <summary>Signs users up and logs them in, and tells what stood in the way.</summary>
/// <param name="driver">Asks.</param>
/// <param name="shapes">Which operations do it.</param>
/// <param name="activate">Makes an account usable that waits for a confirmation, in the database; says what it did, or null.</param>
/// <param name="mail">Takes what the backend mails; null where nobody does.</param>
/// <param name="wrote">What the backend wrote of a request that it failed at; null where nobody knows.</param>
internal sealed partial class Accounts(Driver driver, AuthShapes shapes, Func<Identity, CancellationToken, Task<string?>>? activate = null, MailSink? mail = null, Func<Exchange, string?>? wrote = null)
{
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);
    private Gate? _gate;
    private int? _style;
    private ApiOperation? _logIn;

    /// <summary>What was found out on the way, a sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public Mailbox Mailbox { get; } = new(driver, mail);

    public Identity Anonymous { get; } = new() { Name = Identity.AnonymousName };

    public async Task<Gate> GateAsync(CancellationToken ct) => _gate ??= await Gate.FindAsync(driver, Anonymous, ct);

    /// <summary>A new user; null where none could be made, and the notes say why.</summary>
    public async Task<Identity?> SignUpAsync(string name, CancellationToken ct)
    {
        await GateAsync(ct);
        if (shapes.SignUp.Count == 0) Note("No operation looks like a sign-up; give a user's name and password.");
        foreach (var operation in shapes.SignUp)
        {
            var identity = new Identity { Name = name };
            var outcome = await driver.SolveAsync(operation, identity, ct);
            if (!outcome.Succeeded)
            {
                var said = outcome.Exchange is { Status: >= 500 } failed ? wrote?.Invoke(failed) : null;
                Note($"{operation.Key} did not sign {name} up: {outcome.Reason}{(said is null ? "" : $" It wrote: {said}")}");
                continue;
            }

            Credentials.Remember(outcome.Call!.Body, identity.Credentials, 0);
            if (!await LogInAsync(identity, outcome.Exchange!, ct)) continue;
            foreach (var binding in outcome.Call.Bindings.Where(binding => binding.Where.StartsWith('/') && binding.Where.LastIndexOf('/') == 0)) _references.TryAdd(Names.Plain(binding.Where), binding.Value);
            return identity;
        }

        return null;
    }

    /// <summary>Logs in who has credentials already. False where it could not be done, and the notes say why.</summary>
    public async Task<bool> LogInAsync(Identity identity, Exchange? signUp, CancellationToken ct)
    {
        await GateAsync(ct);
        if (await TryAllAsync(identity, signUp, ct)) return true;
        if (activate is not null && await activate(identity, ct) is { } done)
        {
            Note(done);
            if (await TryAllAsync(identity, signUp, ct)) return true;
        }

        Note($"{identity.Name} could not be logged in.");
        return false;
    }

    /// <summary>New proofs for one whose old ones have ended.</summary>
    public async Task<bool> RenewAsync(Identity identity, CancellationToken ct)
    {
        // Whoever was proved just now and is turned away is so for another reason.
        if (identity.Credentials.Count == 0 || Stopwatch.GetElapsedTime(identity.ProvedAt).TotalSeconds < 2 || _logIn is null) return false;
        var before = driver.Renew;
        driver.Renew = null;
        try
        {
            return await TryLogInAsync(identity, _logIn, ct);
        }
        finally
        {
            driver.Renew = before;
        }
    }

    /// <summary>What an operation about the account of somebody who is signed up is filled with; null for every other operation.</summary>
    public IReadOnlyDictionary<string, string>? GivenFor(ApiOperation operation, Identity identity)
    {
        // Whoever comes later is of the same role, and of the same team, as the first that could be signed up.
        if (shapes.SignUp.Contains(operation)) return _references.Count > 0 ? _references : null;
        if (identity.Credentials.Count == 0) return null;
        if (shapes.LogIn.Contains(operation)) return Credentials.ForLogIn(identity.Credentials).FirstOrDefault();
        if (shapes.Refresh.Contains(operation) && identity.RefreshToken is { } token) return new Dictionary<string, string>(StringComparer.Ordinal) { ["refreshtoken"] = token, ["refresh"] = token, ["token"] = token };
        // With another name or password they could not come back, and a token that holds the old name would let nobody in.
        if (operation.Method is "PUT" or "PATCH" && AuthShapes.IsOwnAccount(operation)) return identity.Credentials;
        return Mailbox.Of(operation, identity);
    }

    /// <summary>Whoever changed their own address or password logs in with the new one.</summary>
    public void Follow(Call call, Exchange exchange, Identity identity)
    {
        if (call.Operation.Method is not ("PUT" or "PATCH") || identity.Credentials.Count == 0 || call.Body is null) return;
        var isOwn = call.Path.Count == 0 ? OwnPath().IsMatch(call.Operation.Path)
            : call.Bindings.Any(binding => binding.Where.StartsWith("path:", StringComparison.Ordinal) && driver.Resources.Of(binding.Resource).Any(value => value.Value == binding.Value && value.Created && value.Who == identity.Name && shapes.SignUp.Contains(value.Source)));
        var said = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (isOwn) Credentials.Remember(call.Body, said, 0);
        foreach (var (name, value) in said.Where(each => identity.Credentials.ContainsKey(each.Key)))
            if (name.Contains("pass", StringComparison.OrdinalIgnoreCase) || exchange.Response is not { Body.Length: > 0 } answer || answer.Text.Contains(value, StringComparison.OrdinalIgnoreCase)) identity.Credentials[name] = value;
    }

    [GeneratedRegex("/(?:me|user|profile|account|self|current|settings)(?:/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex OwnPath();

    private async Task<bool> TryAllAsync(Identity identity, Exchange? signUp, CancellationToken ct)
    {
        foreach (var operation in _logIn is null ? shapes.LogIn : [_logIn])
        {
            if (!await TryLogInAsync(identity, operation, ct)) continue;
            _logIn = operation;
            return true;
        }

        // Some let in at once.
        return signUp?.Response is { } response && await ProveAsync(identity, response, ct);
    }

    private async Task<bool> TryLogInAsync(Identity identity, ApiOperation operation, CancellationToken ct)
    {
        var guest = new Identity { Name = identity.Name };
        foreach (var given in Credentials.ForLogIn(identity.Credentials))
        {
            var outcome = await driver.SolveAsync(operation, guest, ct, given);
            if (outcome.Succeeded)
            {
                if (await ProveAsync(identity, outcome.Exchange!.Response!, ct)) return true;
                Note($"{operation.Key} answered {outcome.Exchange.Status}, but nothing in the answer lets {identity.Name} in{(_gate!.Exists ? $" to {string.Join(", ", _gate.Operations)}" : "")}.");
                return false;
            }

            Note($"{operation.Key} did not log {identity.Name} in: {outcome.Reason}");
        }

        return false;
    }

    private async Task<bool> ProveAsync(Identity identity, WireResponse response, CancellationToken ct)
    {
        var tokens = TokenFinder.Find(response);
        foreach (var (cookie, value) in tokens.Cookies)
        {
            if (value.Length > 0) identity.Cookies[cookie] = value;
            else identity.Cookies.Remove(cookie);
        }

        identity.RefreshToken = tokens.Refresh ?? identity.RefreshToken;
        var styles = ProofStyles.For(driver.Description, identity, tokens).ToList();
        // The style that worked before goes first.
        foreach (var at in Enumerable.Range(0, styles.Count).OrderByDescending(at => at == _style))
        {
            identity.Proofs = styles[at];
            if (!await _gate!.LetsInAsync(identity, ct)) continue;
            _style = at;
            identity.ProvedAt = Stopwatch.GetTimestamp();
            return true;
        }

        identity.Proofs = [];
        return false;
    }

    private void Note(string note)
    {
        if (!_notes.Contains(note, StringComparer.Ordinal) && _notes.Count < 100) _notes.Add(note);
    }
}
