namespace Storefront.Hosting;

/// <summary>Parts of the budgets of statements that endpoints have in common.</summary>
internal static class QueryBudgets
{
    /// <summary>Of an endpoint that says nothing else.</summary>
    public const int Usual = 10;

    /// <summary>One to look the session up, while this instance does not hear of those that were ended.</summary>
    public const int Session = 1;
}
