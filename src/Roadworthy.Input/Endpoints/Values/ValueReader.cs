namespace Roadworthy.Input.Endpoints.Values;

/// <summary>Reads one value of a query, a route or a header.</summary>
internal abstract class ValueReader
{
    /// <summary>An empty value is a value.</summary>
    public virtual bool TakesEmpty => false;

    /// <summary>Only the binder knows whether it can read a value.</summary>
    public virtual bool IsLeftToBinder => false;

    /// <summary>Its values are text that is taken as it came, so that an encoding that went wrong would go unseen.</summary>
    public virtual bool IsText => false;

    /// <param name="came">The value; not blank, unless <see cref="TakesEmpty"/>.</param>
    /// <param name="wantsValue">Rules will look at the value itself.</param>
    /// <param name="canonical">What the binder shall find: <paramref name="came"/> itself where nothing needs to change.</param>
    /// <param name="value">The value, if it is wanted.</param>
    /// <returns>Null where it is good.</returns>
    public abstract ValueFault? Read(string came, bool wantsValue, out string canonical, out object? value);
}

/// <param name="Rule">The rule that the value breaks.</param>
/// <param name="Message">What is wanted, as a sentence.</param>
internal sealed record ValueFault(string Rule, string Message);
