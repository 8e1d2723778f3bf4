using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Endpoints.Values;

/// <summary>
/// A type with a TryParse of its own. It is tried before the binder does, so that its failure stands beside the others; where it can't be found
/// (a trimmed application keeps only what its generated binder calls), the binder's own failure is answered.
/// </summary>
internal sealed class ParsedReader : ValueReader
{
    private static readonly ValueFault NotBound = new(InputRule.Binding, Wording.NotBound);

    private readonly MethodInvoker? _tryParse;
    private readonly bool _takesCulture;

    public ParsedReader(Type type)
    {
        var method = Find(type);
        if (method is null) return;
        _tryParse = MethodInvoker.Create(method);
        _takesCulture = method.GetParameters().Length == 3;
    }

    public override bool IsLeftToBinder => _tryParse is null;

    public override bool IsText => true;

    public override ValueFault? Read(string came, bool wantsValue, out string canonical, out object? value)
    {
        canonical = came;
        value = null;
        if (TextReader.Fault(came) is { } fault) return fault;
        if (_tryParse is null) return null;
        object?[] arguments = _takesCulture ? [came, CultureInfo.InvariantCulture, null] : [came, null];
        if (_tryParse.Invoke(null, arguments.AsSpan()) is not true) return NotBound;
        value = arguments[^1];
        return null;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Where the method was trimmed it is not found, and its parameter is left to the binder.")]
    private static MethodInfo? Find(Type type)
    {
        const BindingFlags Statics = BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy;
        var method = type.GetMethod("TryParse", Statics, [typeof(string), typeof(IFormatProvider), type.MakeByRefType()])
            ?? type.GetMethod("TryParse", Statics, [typeof(string), type.MakeByRefType()]);
        return method is { IsGenericMethodDefinition: false } && method.ReturnType == typeof(bool) ? method : null;
    }
}
