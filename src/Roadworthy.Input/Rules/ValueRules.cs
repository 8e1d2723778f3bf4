using System.Reflection;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Rules;

/// <summary>The validation attributes of one query, route or header parameter.</summary>
internal sealed class ValueRules
{
    /// <summary>Null where the parameter has none.</summary>
    public static ValueRules? For(ParameterInfo parameter) => throw new NotSupportedException();

    /// <param name="key">The parameter's key: <c>query:limit</c>.</param>
    /// <param name="value">The value, of the parameter's type; null where it is absent.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="services">The request's services, which an attribute may ask.</param>
    public void Check(string key, object? value, InputErrors errors, IServiceProvider services) => throw new NotSupportedException();
}
