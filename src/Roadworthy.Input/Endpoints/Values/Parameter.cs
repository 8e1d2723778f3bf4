using Microsoft.AspNetCore.Http;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Rules;

namespace Roadworthy.Input.Endpoints.Values;

/// <summary>One parameter of a handler whose value stands in the query, the route or a header.</summary>
/// <param name="facts">What the handler says about it.</param>
/// <param name="reader">Reads one value.</param>
internal abstract class Parameter(ParameterFacts facts, ValueReader reader)
{
    public string Key => facts.Place.Key;

    /// <summary>The parameter's name in the handler, which the binder's own messages name.</summary>
    public string BinderName => facts.BinderName;

    public bool IsLeftToBinder => reader.IsLeftToBinder;

    protected ParameterFacts Facts => facts;

    protected ValueReader Reader => reader;

    public bool Came(HttpContext http) => facts.Place.In(http).Count > 0;

    public abstract void Read(ref RequestValues values, InputErrors errors);

    protected void CheckRules(object? value, in RequestValues values, InputErrors errors) =>
        facts.Rules?.Check(Key, value, errors, values.Http.RequestServices);

    /// <summary>Bytes that are no UTF-8 are handed on with their percent signs, as if a client had meant those. Only for values that hold one.</summary>
    protected bool IsMisencoded(in RequestValues values) =>
        reader.IsText
        && facts.Place.Source == ValueSource.Query
        && !PercentEncoding.IsSound(values.Http.Request.QueryString.Value, facts.Place.Name);
}

/// <param name="Place">Where its value stands.</param>
/// <param name="BinderName">Its name in the handler.</param>
/// <param name="IsRequired">Without it the handler can't run.</param>
/// <param name="HasDefault">The handler has a value of its own for when it is absent.</param>
/// <param name="Rules">Null where there are none.</param>
internal sealed record ParameterFacts(ValuePlace Place, string BinderName, bool IsRequired, bool HasDefault, ValueRules? Rules);
