using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>What one method switches on and DELETE switches off at the same place: a favourite, a like, whom one follows. Each works in one of the two states only.</summary>
internal sealed class Switches(Driver driver)
{
    private const int MostCandidates = 5;

    /// <summary>What makes that which a DELETE takes away; null where that is made elsewhere.</summary>
    public ApiOperation? OnOf(ApiOperation off)
    {
        if (off.Method is not "DELETE" || !off.Path.Contains('{', StringComparison.Ordinal)) return null;
        var isThing = off.Path.EndsWith('}');
        if (isThing && Names.CollectionPath(off.Path) is { } collection && At("POST", collection) is not null) return null;
        return At("POST", off.Path) ?? (isThing ? null : At("PUT", off.Path));
    }

    public ApiOperation? OffOf(ApiOperation on) => At("DELETE", on.Path) is { } off && OnOf(off) == on ? off : null;

    /// <summary>Switches on what the next call of a DELETE would switch off; that it is on already is as good.</summary>
    public async Task PrepareOffAsync(ApiOperation off, Identity identity, CancellationToken ct)
    {
        if (OnOf(off) is not null && driver.Build(off, identity) is { } call) await OnAsync(call, identity, ct);
    }

    /// <summary>Switches on again what was switched off: lists of such things would be empty.</summary>
    public async Task OnAsync(Call off, Identity identity, CancellationToken ct)
    {
        if (OnOf(off.Operation) is not { } on || driver.Build(on, identity) is not { } call) return;
        foreach (var (name, value) in off.Path) call.Path[name] = value;
        await driver.SendAsync(call, identity, ct);
    }

    /// <summary>A call about the last of the things that can be switched on, and is off: the first ones are those that are switched off. Null where each is on, or can't be.</summary>
    public async Task<Call?> FindOnAsync(ApiOperation on, Identity identity, CancellationToken ct)
    {
        Call? found = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < MostCandidates; n++)
        {
            if (driver.Build(on, identity, new FillOptions { Avoid = seen }) is not { } call || call.Bindings.LastOrDefault(binding => binding.Where.StartsWith("path:", StringComparison.Ordinal)) is not { } binding || !seen.Add(binding.Value)) break;
            if (!Success.Is(await driver.TryAsync(call, identity, ct))) continue;
            found = call;
            await driver.TryAsync(new Call { Operation = OffOf(on)!, Path = new(call.Path, StringComparer.Ordinal) }, identity, ct);
        }

        return found;
    }

    private ApiOperation? At(string method, string path) => driver.Description.Operations.FirstOrDefault(each => each.Method == method && each.Path.TrimEnd('/') == path.TrimEnd('/'));
}
