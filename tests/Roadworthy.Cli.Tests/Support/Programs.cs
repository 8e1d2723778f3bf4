using System.ComponentModel;
using System.Diagnostics;

namespace Roadworthy.Cli.Tests.Support;

/// <summary>Runs other programs to their end.</summary>
internal static class Programs
{
    /// <summary>What it printed, both streams; a test whose program is not there is skipped.</summary>
    /// <param name="folder">Where it is run.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<(int Code, string Printed)> RunAsync(string folder, string input, string program, params string[] arguments)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} was not found.");
            throw;
        }

        using (process)
        {
            var printed = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(9));
            return (process.ExitCode, string.Concat(await printed));
        }
    }

    public static async Task<string> RequireAsync(string folder, string program, params string[] arguments)
    {
        var (code, printed) = await RunAsync(folder, "", program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{printed}");
        return printed;
    }
}
