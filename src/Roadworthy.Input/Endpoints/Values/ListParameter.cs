using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.Endpoints.Values;

/// <summary>A parameter that takes any number of values. None is an empty list: no binder tells the two apart.</summary>
/// <param name="facts">What the handler says about it.</param>
/// <param name="reader">Reads one value.</param>
/// <param name="type">An array, or <see cref="StringValues"/>.</param>
/// <param name="takesNull">An empty value is a null in the list.</param>
internal sealed class ListParameter(ParameterFacts facts, ValueReader reader, Type type, bool takesNull) : Parameter(facts, reader)
{
    public override void Read(ref RequestValues values, InputErrors errors)
    {
        var all = Values(values);
        var wantsValue = Facts.Rules is not null;
        var list = wantsValue && type.IsArray ? Array.CreateInstanceFromArrayType(type, all.Count) : null;
        string[]? changed = null;
        var good = true;
        var hasPercent = false;
        for (var i = 0; i < all.Count; i++)
        {
            var came = all[i] ?? "";
            var isNull = !Reader.TakesEmpty && takesNull && Blank.Is(came);
            var canonical = "";
            object? value = null;
            hasPercent |= came.Contains('%', StringComparison.Ordinal);
            if (!isNull && Fault(came, wantsValue, out canonical, out value) is { } fault)
            {
                good = false;
                errors.Add(Key, fault.Rule, $"Value {i + 1} of {all.Count}: {fault.Message}");
                continue;
            }

            if (value is not null) list?.SetValue(value, i);
            if (string.Equals(canonical, came, StringComparison.Ordinal)) continue;
            changed ??= all.ToArray()!;
            changed[i] = canonical;
        }

        if (good && hasPercent && IsMisencoded(values))
        {
            good = false;
            errors.Add(Key, InputRule.Encoding, PercentEncoding.Unsound);
        }

        if (!good) return;
        if (changed is not null) values.Put(Facts.Place, changed);
        if (wantsValue && !IsLeftToBinder) CheckRules(list ?? (object)all, values, errors);
    }

    private ValueFault? Fault(string came, bool wantsValue, out string canonical, out object? value)
    {
        if (Reader.TakesEmpty || !Blank.Is(came)) return Reader.Read(came, wantsValue, out canonical, out value);
        canonical = came;
        value = null;
        return new ValueFault(InputRule.Required, Wording.Empty);
    }

    // As the binder does: an array from a header is a list in one line or in several.
    private StringValues Values(in RequestValues values) => Facts.Place.Source == ValueSource.Header && type.IsArray
        ? values.Http.Request.Headers.GetCommaSeparatedValues(Facts.Place.Name)
        : values[Facts.Place];
}
