using System.Globalization;
using Microsoft.Extensions.Options;

namespace Roadworthy.Queries.Registration;

/// <summary>Every fault of the options at once, when the application starts.</summary>
internal sealed class QueriesOptionsValidator : IValidateOptions<QueriesOptions>
{
    private const int LeastRepeats = 2;
    private const int MostRepeats = 1_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, QueriesOptions options)
    {
        var faults = Find(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Find(QueriesOptions options)
    {
        if (options.RepeatThreshold is < LeastRepeats or > MostRepeats)
            yield return string.Create(CultureInfo.InvariantCulture, $"QueriesOptions.RepeatThreshold is {options.RepeatThreshold}: it must be {LeastRepeats} to {MostRepeats}.");
        if (options.SlowStatement != TimeSpan.Zero && (options.SlowStatement < Shortest || options.SlowStatement > Longest))
            yield return string.Create(CultureInfo.InvariantCulture, $"QueriesOptions.SlowStatement is {options.SlowStatement}: it must be {Shortest} to {Longest}, or zero for no limit.");
        if (!Enum.IsDefined(options.BudgetMode))
            yield return string.Create(CultureInfo.InvariantCulture, $"QueriesOptions.BudgetMode is {(int)options.BudgetMode}: it must be one of {string.Join(", ", Enum.GetNames<QueryBudgetMode>())}.");
    }
}
