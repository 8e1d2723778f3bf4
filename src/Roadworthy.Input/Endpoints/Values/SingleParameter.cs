using Microsoft.Extensions.Primitives;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.Endpoints.Values;

/// <summary>A parameter that takes one value.</summary>
internal sealed class SingleParameter(ParameterFacts facts, ValueReader reader) : Parameter(facts, reader)
{
    public override void Read(ref RequestValues values, InputErrors errors)
    {
        var all = values[Facts.Place];
        if (all.Count == 0)
        {
            Absent(values, errors, Wording.Missing);
            return;
        }

        // The lines of one header are one list by HTTP's own rule, and the binder joins them.
        if (all.Count > 1 && !(Facts.Place.Source == ValueSource.Header && Reader.TakesEmpty))
        {
            errors.Add(Key, InputRule.Duplicate, Wording.Duplicate);
            return;
        }

        var came = all.ToString();
        if (!Reader.TakesEmpty && Blank.Is(came))
        {
            values.Put(Facts.Place, StringValues.Empty);
            Absent(values, errors, Wording.Empty);
            return;
        }

        Read(came, ref values, errors);
    }

    private void Read(string came, ref RequestValues values, InputErrors errors)
    {
        if (Reader.Read(came, Facts.Rules is not null, out var canonical, out var value) is { } fault)
        {
            errors.Add(Key, fault.Rule, fault.Message);
            return;
        }

        if (came.Contains('%', StringComparison.Ordinal) && IsMisencoded(values))
        {
            errors.Add(Key, InputRule.Encoding, PercentEncoding.Unsound);
            return;
        }

        if (!ReferenceEquals(canonical, came)) values.Put(Facts.Place, canonical);
        if (Facts.Rules is not null && !IsLeftToBinder) CheckRules(value, values, errors);
    }

    private void Absent(in RequestValues values, InputErrors errors, string message)
    {
        if (Facts.IsRequired) errors.Add(Key, InputRule.Required, message);
        else if (!Facts.HasDefault) CheckRules(null, values, errors);
    }
}
