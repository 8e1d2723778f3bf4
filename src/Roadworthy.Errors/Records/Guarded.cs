using System.Reflection;

namespace Roadworthy.Errors.Records;

/// <summary>Calls code that is not ours and may throw.</summary>
internal static class Guarded
{
    public static TValue? Get<TSource, TValue>(TSource source, Func<TSource, TValue?> getter, out string? fault)
    {
        try
        {
            fault = null;
            return getter(source);
        }
#pragma warning disable CA1031 // Whatever a getter throws becomes part of the record.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            fault = Describe(thrown);
            return default;
        }
    }

    public static object? Property(PropertyInfo property, object source, out string? fault) => Get(
        (property, source),
        static s => s.property.GetValue(s.source, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null),
        out fault);

    /// <summary>The text, or what its getter threw.</summary>
    public static string? Text<TSource>(TSource source, Func<TSource, string?> getter) => Get(source, getter, out var fault) ?? fault;

    public static string Describe(Exception thrown) => $"<threw {thrown.GetType().Name}>";
}
