using System.Collections.Concurrent;
using System.Reflection;

namespace Roadworthy.Errors.Exceptions;

/// <summary>Which properties of a type of exception are read, and as what.</summary>
internal sealed class ExceptionShape
{
    private const int MostCached = 1_024;
    private static readonly ConcurrentDictionary<Type, ExceptionShape> Cache = new();

    // Live objects, or the text of commands.
    private static readonly string[] Left = ["BatchCommand", "DbBatchCommand", "ValidationResult", "ValidationAttribute"];

    // Of the framework's exceptions: another name of HResult, and the value that a validation refused.
    private static readonly string[] LeftOfFramework = ["ErrorCode", "Value"];

    private ExceptionShape(Type type)
    {
        var own = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0 && p.GetMethod!.GetBaseDefinition().DeclaringType != typeof(Exception))
            .DistinctBy(p => p.Name, StringComparer.Ordinal)
            .ToArray();
        Errors = Array.Find(own, p => p.Name is "Errors");
        Holders = [.. own.Where(IsHolder)];
        Properties = [.. own.Where(p => p != Errors && !IsHolder(p) && !IsLeft(p))];
    }

    /// <summary>Validation errors by convention.</summary>
    public PropertyInfo? Errors { get; }

    /// <summary>Those that hold further exceptions.</summary>
    public PropertyInfo[] Holders { get; }

    public PropertyInfo[] Properties { get; }

    public static ExceptionShape Of(Type type)
    {
        if (Cache.TryGetValue(type, out var known))
        {
            return known;
        }

        var shape = new ExceptionShape(type);
        if (Cache.Count < MostCached && !type.IsCollectible)
        {
            Cache.TryAdd(type, shape);
        }

        return shape;
    }

    private static bool IsHolder(PropertyInfo property) =>
        property.PropertyType.IsAssignableTo(typeof(IEnumerable<Exception>)) || property.PropertyType.IsAssignableTo(typeof(Exception));

    private static bool IsLeft(PropertyInfo property) =>
        property.DeclaringType == typeof(Npgsql.PostgresException)
        || Left.Contains(property.Name, StringComparer.Ordinal)
        || (LeftOfFramework.Contains(property.Name, StringComparer.Ordinal)
            && property.DeclaringType?.Namespace?.StartsWith("System", StringComparison.Ordinal) == true);
}
