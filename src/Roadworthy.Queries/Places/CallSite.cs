using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Roadworthy.Queries.Places;

/// <summary>The place in the application that sent a statement.</summary>
/// <param name="Line">Such as <c>OrdersList.cs:41</c>, or <c>OrdersList.cs:38-45</c> where only the method is known; null without debugging symbols.</param>
/// <param name="Method">Such as <c>OrdersList.GetAsync</c>.</param>
/// <param name="MayTellMore">
/// Whether another look may find the very line: of code that was compiled for speed the runtime does not always know the place.
/// </param>
internal sealed record CallSite(string? Line, string Method, bool MayTellMore = false)
{
    private const int MaxKnown = 10_000;
    private static readonly ConcurrentDictionary<(MethodBase Method, int Offset), CallSite> Known = new();

    /// <summary>
    /// The topmost frame of the present stack that is the application's own, of those with symbols if there is one: a library without symbols of its
    /// own is not whom to tell. Null where the stack has none, because something was waited for.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CallSite? Find()
    {
        CallSite? without = null;
        var stack = new StackTrace(fNeedFileInfo: false);
        for (var at = 0; at < stack.FrameCount; at++)
        {
            if (stack.GetFrame(at) is not { } frame || frame.GetMethod() is not { } method || !OwnCode.Includes(method)) continue;
            var site = Of(method, frame.GetILOffset(), at);
            if (site.Line is not null) return site;
            without ??= site;
        }

        return without;
    }

    // Reading symbols costs milliseconds: once for each place in the code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CallSite Of(MethodBase method, int offset, int at)
    {
        if (Known.TryGetValue((method, offset), out var known)) return known;
        if (Known.Count >= MaxKnown) Known.Clear();
        // The frame of the caller is at the same place, seen from here one deeper.
        var frame = new StackFrame(at + 1, needFileInfo: true);
        var line = frame.GetMethod() == method && frame.GetFileName() is { } file && frame.GetFileLineNumber() is var number and > 0
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file[(file.LastIndexOfAny(['/', '\\']) + 1)..]}:{number}")
            : null;
        var lines = line is null ? MethodLines.Of(method) : null;
        return Known[(method, offset)] = new(line ?? lines, MethodName.Of(method), MayTellMore: lines is not null);
    }
}
