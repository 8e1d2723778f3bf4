using System.ComponentModel;
using System.Diagnostics;
using Roadworthy.Inspection;

namespace Roadworthy.Cli.Demo;

/// <summary>Runs what a backend of the demo needs before it can be started.</summary>
internal static class PreparationRun
{
    private const int LastLines = 15;

    /// <exception cref="InspectionException">It failed; the message says what it wrote.</exception>
    public static async Task RunAsync(Preparation preparation, CancellationToken ct)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(preparation.Program, preparation.Arguments) { WorkingDirectory = preparation.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        }
        catch (Win32Exception e)
        {
            throw new InspectionException($"'{preparation.Program}' was not found: install it to have this one inspected.", e);
        }

        using (process)
        {
            process.StandardInput.Close();
            try
            {
                var written = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
                await process.WaitForExitAsync(ct);
                if (process.ExitCode != 0) throw new InspectionException($"'{preparation}' ended with {process.ExitCode}. It wrote last:\n{string.Join('\n', string.Concat(written).Split('\n').TakeLast(LastLines))}");
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
    }
}
