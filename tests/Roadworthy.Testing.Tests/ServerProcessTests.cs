namespace Roadworthy.Testing.Tests;

public sealed class ServerProcessTests
{
    [Fact]
    public async Task Its_output_is_waited_for_and_a_kill_ends_it_in_the_middle()
    {
        await using var process = Shell("trap 'echo ending; exit 7' TERM; echo listening on $WHERE; while :; do sleep 0.1; done", ("WHERE", "http://127.0.0.1:1"));
        var match = await process.WaitForOutputAsync(@"listening on (http://\S+)", TestContext.Current.CancellationToken);
        Assert.Equal("http://127.0.0.1:1", match.Groups[1].Value);
        await process.KillAsync();
        Assert.True(process.HasExited);
        Assert.DoesNotContain("ending", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_to_end_it_ends_in_its_own_way()
    {
        await using var process = Shell("trap 'echo ending >&2; exit 7' TERM; echo up; while :; do sleep 0.1; done");
        await process.WaitForOutputAsync("^up", TestContext.Current.CancellationToken);
        Assert.Equal(7, await process.TerminateAsync(TestContext.Current.CancellationToken));
        await process.WaitForOutputAsync("ending", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task One_that_ends_too_early_is_told_with_what_it_wrote()
    {
        await using var process = Shell("echo no database here >&2; exit 3");
        var error = await Assert.ThrowsAsync<TimeoutException>(() => process.WaitForOutputAsync("listening", TestContext.Current.CancellationToken));
        Assert.Contains("no database here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_has_started_ends_with_it()
    {
        var process = Shell("sleep 300 & echo child $!; wait");
        var child = await process.WaitForOutputAsync(@"child (\d+)", TestContext.Current.CancellationToken);
        await process.DisposeAsync();
        var deadline = Environment.TickCount64 + 20_000;
        while (IsRunning(child.Groups[1].Value)) Assert.True(Environment.TickCount64 < deadline, "What it has started runs on.");
    }

    [Fact]
    public async Task It_does_not_outlive_its_test()
    {
        var process = Shell("echo up; while :; do sleep 0.1; done");
        await process.WaitForOutputAsync("up", TestContext.Current.CancellationToken);
        var id = process.Id;
        await process.DisposeAsync();
        Assert.False(Directory.Exists($"/proc/{id}"));
    }

    private static ServerProcess Shell(string script, params (string Name, string Value)[] environment) => ServerProcess.Start(
        "/bin/sh", ["-c", script], environment.ToDictionary(entry => entry.Name, string? (entry) => entry.Value, StringComparer.Ordinal));

    // A killed process is a zombie until somebody has taken note of it.
    private static bool IsRunning(string process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
