using Roadworthy.Inspection;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Runs;
using Spectre.Console;

namespace Roadworthy.Cli;

/// <summary>What a command has around it: the probes, two streams, the shell's variables, and perhaps somebody to ask.</summary>
internal sealed class Surroundings
{
    public required IReadOnlyList<IProbe> Probes { get; init; }

    /// <summary>What was asked for.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>What goes on meanwhile, and what is wrong.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Output"/> takes colours.</summary>
    public bool Colors { get; init; }

    /// <summary>Whether somebody looks at <see cref="Error"/>, and can answer.</summary>
    public bool IsInteractive { get; init; }

    public Func<string, string?> Shell { get; init; } = Environment.GetEnvironmentVariable;

    public string Directory { get; init; } = System.IO.Directory.GetCurrentDirectory();

    /// <summary>A yes or no of whoever is there.</summary>
    public Func<string, Task<bool>> Ask { get; init; } = question => AnsiConsole.Console.ConfirmAsync(Markup.Escape(question), defaultValue: false);

    /// <summary>Lets commands that come from a file be run only after a yes.</summary>
    /// <exception cref="InspectionException">Nobody said yes.</exception>
    public async Task RequireYesAsync(InspectRequest request, bool saidYes)
    {
        var commands = new[] { (Command: request.Migrate, File: request.MigrateFile), (request.Command, File: request.CommandFile) }.Where(each => each is { Command.Length: > 0, File: not null }).ToList();
        if (commands.Count == 0) return;
        foreach (var (command, file) in commands) await Error.WriteLineAsync($"  {Rendering.Plain.Of(file!)} says to run: {Rendering.Plain.Of(command!)}");
        if (saidYes) return;
        if (!IsInteractive) throw new InspectionException($"The command comes from '{commands[0].File}', and nobody is there to ask: look at it and say --yes.");
        if (!await Ask("Run it?")) throw new InspectionException("It was not run.");
    }
}
