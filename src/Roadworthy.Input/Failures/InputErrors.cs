namespace Roadworthy.Input.Failures;

/// <summary>What is wrong with one request: the first errors up to a limit, and whether there were more.</summary>
/// <param name="limit">The most errors that are kept.</param>
internal sealed class InputErrors(int limit)
{
    private readonly List<InputError> _kept = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public IReadOnlyList<InputError> Kept => _kept;

    public bool Any => _kept.Count > 0;

    /// <summary>No further error is kept: whoever looks for more may stop.</summary>
    public bool Full => _kept.Count >= limit;

    /// <summary>There was at least one error that was not kept.</summary>
    public bool Truncated { get; private set; }

    public void Add(string key, string rule, string message)
    {
        if (Full)
        {
            Truncated = true;
            return;
        }

        _kept.Add(new InputError(key, rule, message));
        _keys.Add(key);
    }

    /// <summary>An error is kept for exactly this key.</summary>
    public bool Has(string key) => _keys.Contains(key);
}
