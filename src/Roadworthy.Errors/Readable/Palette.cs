namespace Roadworthy.Errors.Readable;

/// <summary>Colours of a terminal, or none of them.</summary>
internal sealed class Palette
{
    public static readonly Palette None = new();

    public static readonly Palette Terminal = new()
    {
        Reset = "\e[0m",
        Dim = "\e[2m",
        Bold = "\e[1m",
        Red = "\e[31m",
        Yellow = "\e[33m",
        Green = "\e[32m",
        Cyan = "\e[36m",
    };

    public string Reset { get; private init; } = "";

    public string Dim { get; private init; } = "";

    public string Bold { get; private init; } = "";

    public string Red { get; private init; } = "";

    public string Yellow { get; private init; } = "";

    public string Green { get; private init; } = "";

    public string Cyan { get; private init; } = "";

    /// <summary>Colours only on a terminal, and not where NO_COLOR asks for none (https://no-color.org).</summary>
    public static Palette For(Stream? output) =>
        output is not null || Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            ? None
            : Terminal;

    public string Of(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => Bold + Red,
        LogLevel.Warning => Yellow,
        LogLevel.Information => Green,
        _ => Dim,
    };
}
