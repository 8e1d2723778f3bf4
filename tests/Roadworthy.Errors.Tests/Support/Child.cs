using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Roadworthy.Errors.Tests.Support;

/// <summary>This test program, started a second time to be killed or to lose its output.</summary>
internal static class Child
{
    private const string Variable = "ROADWORTHY_ERRORS_TEST_CHILD";

    public static Process Start(string role, params string[] arguments) => Start(new ProcessStartInfo(Environment.ProcessPath!), role, arguments);

    /// <summary>With a limit on the size of each file that it writes: beyond it, a write is refused in its middle, as on a full disk.</summary>
    /// <param name="blocks">Of 512 bytes.</param>
    /// <param name="role">What it does.</param>
    /// <param name="arguments">Of the role.</param>
    public static Process StartLimited(int blocks, string role, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", $"trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"", "sh", Environment.ProcessPath! } };
        // What is compiled lies in a file of memory, which the limit would count.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Start(start, role, arguments);
    }

    private static Process Start(ProcessStartInfo start, string role, string[] arguments)
    {
        (start.UseShellExecute, start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true, true);
        start.Environment[Variable] = string.Join('|', [role, .. arguments]);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet")
        {
            start.ArgumentList.Add(typeof(Child).Assembly.Location);
        }

        return Process.Start(start)!;
    }

    // Before the test runner's own entry point: a child is no test run.
#pragma warning disable CA2255 // This assembly is a program.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } given)
        {
            return;
        }

        var (role, arguments) = (given.Split('|')[0], given.Split('|')[1..]);
        using var services = new ServiceCollection().AddRoadworthyErrors().BuildServiceProvider();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Child");
        switch (role)
        {
            case "killed":
                // All that the end needs is loaded before, so that no other thread has time to write for the one that logs.
                var self = Process.GetCurrentProcess();
                var exception = NastyExceptions.Complete();
                log.LogError(exception, "warm-up");
                log.LogInformation("queued before the error");
                log.LogError(exception, "the last words");
                self.Kill();
                break;
            case "exits":
                log.LogInformation("queued before the exit");
                Environment.Exit(0);
                break;
            case "tracks":
                Track(arguments[0], arguments[1]);
                break;
            case "fills":
                Fill(arguments[0], arguments[1]);
                break;
            case "reader gone":
                LoseReader(services, log);
                break;
        }

        Environment.Exit(3);
    }

    private static void Track(string folder, string connection)
    {
        // The same database by its name and port, that refuses.
        var refused = new NpgsqlConnectionStringBuilder(connection) { Password = "wrong" }.ConnectionString;
        using var services = new ServiceCollection().AddRoadworthyErrorTracking(options => (options.ConnectionString, options.SpoolFolder) = (refused, folder)).BuildServiceProvider();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Child");
        var self = Process.GetCurrentProcess();
        for (var n = 0; n < 25; n++)
        {
            log.LogError("Number {N}", n);
        }

        self.Kill();
    }

    private static void Fill(string folder, string connection)
    {
        var refused = new NpgsqlConnectionStringBuilder(connection) { Password = "wrong" }.ConnectionString;
        using var services = new ServiceCollection().AddRoadworthyErrorTracking(options => (options.ConnectionString, options.SpoolFolder) = (refused, folder)).BuildServiceProvider();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Child");
        for (var n = 0; n < 200; n++)
        {
            log.LogError("Number {N} {Padding}", n, new string('x', 500));
        }

        Console.Error.WriteLine($"dropped {services.GetRequiredService<Errors.Tracking.ErrorTracker>().Status.Dropped}");
        Process.GetCurrentProcess().Kill();
    }

    private static void LoseReader(ServiceProvider services, ILogger log)
    {
        using var counts = new RecordCounts(services);
        Console.In.ReadLine();
        for (var i = 0; i < 20; i++)
        {
            log.LogError("nobody reads this");
        }

        Console.Error.WriteLine($"failed {counts.Failed}");
        Environment.Exit(0);
    }
}
