using System.Reflection;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Rules;

namespace Roadworthy.Input.Endpoints;

internal static class RulesOf
{
    public static BodyRules? Body(BodySchema schema, IServiceProvider services) => null;

    public static ValueRules? Value(ParameterInfo parameter) => null;
}
