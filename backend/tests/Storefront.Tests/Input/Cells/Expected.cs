namespace Storefront.Tests.Input.Cells;

/// <summary>What has to come of a request.</summary>
internal abstract record Expected
{
    public static readonly Expected Taken = new Success();

    /// <summary>A 400 whose errors name this key and no other.</summary>
    /// <param name="rule">The rule that is broken; null where more than one may be named.</param>
    public static Expected Refused(string key, string? rule = null) => new Refusal(key, rule, Exactly: true);

    /// <summary>A 400 whose errors name this key, or something inside of it.</summary>
    public static Expected RefusedAtOrBelow(string key, string? rule = null) => new Refusal(key, rule, Exactly: false);

    /// <summary>An answer of another kind, as a problem too.</summary>
    public static Expected Answered(params int[] statuses) => new Status(statuses);

    internal sealed record Success : Expected;

    internal sealed record Refusal(string Key, string? Rule, bool Exactly) : Expected;

    internal sealed record Status(int[] Statuses) : Expected;
}
