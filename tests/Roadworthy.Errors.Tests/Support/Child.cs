using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Roadworthy.Errors.Tests.Support;

/// <summary>This test program, started a second time to be killed or to lose its output.</summary>
internal static class Child
{
    private const string Variable = "ROADWORTHY_ERRORS_TEST_CHILD";

    public static Process Start(string role, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Variable] = string.Join('|', [role, .. arguments]) },
        };
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
