using Roadworthy.Cli.Tests.Host;

namespace Roadworthy.Cli.Tests.Support;

/// <summary>The tool in this process: what it printed, and its exit code.</summary>
internal sealed record Printed(int Code, string Output, string Error)
{
    public static Task<Printed> RunAsync(string folder, params string[] args) => RunAsync(folder, new Dictionary<string, string>(StringComparer.Ordinal), args);

    /// <param name="folder">Where it is started.</param>
    /// <param name="shell">The shell's variables.</param>
    /// <param name="args">What is typed.</param>
    public static async Task<Printed> RunAsync(string folder, IReadOnlyDictionary<string, string> shell, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await Tool.RunAsync(args, new Surroundings
        {
            Probes = [new QuickProbe(), new LongProbe()],
            Output = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            Directory = folder,
            Shell = shell.GetValueOrDefault,
        }, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    public override string ToString() => $"{Code}\n{Output}\n{Error}";
}
