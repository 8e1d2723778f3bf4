using System.Reflection;
using System.Runtime.CompilerServices;

namespace Roadworthy.Errors.Tests.Support;

public sealed class OrderException(string message, Exception? inner = null) : Exception(message, inner)
{
    public int OrderId { get; init; } = 42;

    public string? ApiKey { get; init; }

    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public string Broken => OrderId == 0 ? "" : throw new TimeoutException("the getter timed out");
}

public sealed class ThrowingToStringException : Exception
{
    public ThrowingToStringException()
        : base("its ToString throws")
    {
    }

    public override string ToString() => throw new InvalidOperationException("no text");
}

public sealed class ThrowingMessageException : Exception
{
    public override string Message => throw new InvalidOperationException("no message");
}

public sealed class ThrowingStackException : Exception
{
    public override string StackTrace => throw new InvalidOperationException("no stack");
}

public sealed class LongStackException(int frames) : Exception("deep")
{
    private readonly string _stack = string.Join('\n', Enumerable.Range(0, frames).Select(i => $"   at Shop.Deep.Level{i}(Int32 depth) in /src/Deep.cs:line {i}"));

    public override string StackTrace => _stack;
}

public sealed class SelfHoldingException : Exception
{
    public SelfHoldingException()
        : base("a cycle")
    {
        Related = [this];
        Data["self"] = Data;
        Data["owner"] = this;
    }

    public Exception[] Related { get; }
}

public static class NastyExceptions
{
    public static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    public static Exception Complete()
    {
        var exception = new OrderException("order 42 was refused")
        {
            Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["/items/0/quantity"] = ["must be positive"] },
        };
        exception.Data["basket"] = "b-17";
        exception.Data["total"] = 12.5m;
        return Thrown(exception);
    }

    public static Exception Chain(int depth)
    {
        var inner = new InvalidOperationException("root cause");
        for (var i = depth - 1; i > 0; i--)
        {
            inner = new InvalidOperationException($"level {i}", inner);
        }

        return Thrown(inner);
    }

    public static Exception Aggregate(int children) => Thrown(new AggregateException(
        "several failed", Enumerable.Range(0, children).Select(i => Thrown(new OrderException($"child {i}")))));

    public static Exception Recursed(int depth)
    {
        try
        {
            Recurse(depth);
            throw new InvalidOperationException("unreachable");
        }
        catch (NotSupportedException exception)
        {
            return exception;
        }
    }

    public static Exception LoneSurrogate()
    {
        var exception = new FormatException("half a pair: \ud83d, other half: \udc00, whole: 😀");
        exception.Data["key\ud800"] = "value\udfff";
        return Thrown(exception);
    }

    public static Exception Secrets()
    {
        var exception = new OrderException(
            "Host=db;Username=shop;Password=Tr0ub4dor;Database=x failed; Authorization: Bearer Zm9vYmFyLXNlY3JldA and " +
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2VjcmV0LXNpZ25hdHVyZQ at postgres://shop:Tr0ub4dor@db:5432/x")
        {
            ApiKey = "sk-Tr0ub4dor",
        };
        exception.Data["password"] = "Tr0ub4dor";
        exception.Data["note"] = "cookie: session=Tr0ub4dor; theme=dark";
        exception.Data["nested"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["client_secret"] = "Tr0ub4dor" };
        return Thrown(exception);
    }

    public static Exception LoaderExceptions() => Thrown(new ReflectionTypeLoadException(
        [typeof(string), null], [new TypeLoadException("first type is missing"), null, new FileNotFoundException("second assembly is missing", "b.dll")]));

    public static Exception LongMessage() => Thrown(new InvalidOperationException(new string('m', 1_000_000)));

    public static Exception Injection() => Thrown(new InvalidOperationException(
        "first\r\n{\"level\":\"Critical\",\"message\":\"forged\"}\n\u001b[31mred\u001b[0m\u2028line\u2029paragraph\u0000nul\u0085next\u202Eturned"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Recurse(int depth) => depth == 0 ? throw new NotSupportedException("bottom") : Recurse(depth - 1) + 1;
}
