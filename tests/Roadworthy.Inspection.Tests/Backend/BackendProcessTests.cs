using System.Diagnostics;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Backend;

public sealed class BackendProcessTests
{
    private static readonly Dictionary<string, string> Path = new(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };

    [Fact]
    public async Task All_that_a_command_has_started_ends_with_it_also_what_left_its_session()
    {
        var process = BackendProcess.Start("sleep 1000 & setsid sleep 1000 & trap '' TERM; echo up; sleep 1000", "/", Path);
        await Until(() => process.Output.Text.Contains("up", StringComparison.Ordinal) && ProcessTree.Of(process.Marker).Count >= 3);
        await process.DisposeAsync();
        Assert.Empty(ProcessTree.Of(process.Marker));
    }

    [Fact]
    public async Task It_ends_also_when_who_started_it_is_killed()
    {
        // The watchdog's standard input is held by a sleep alone, which is killed as an inspection may be.
        var marker = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "sleep 1000 | /bin/sh -c \"$1\" watchdog \"$2\" 'sleep 1000 & sleep 1000'", "owner", WatchdogScript.Text, marker]);
        using var owner = Process.Start(start)!;
        await Until(() => ProcessTree.Of(marker).Count >= 2);
        using (var killer = Process.Start("pkill", ["-KILL", "-P", owner.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "-x", "sleep"])) await killer!.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Until(() => ProcessTree.Of(marker).Count == 0);
        await owner.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_exit_code_is_the_commands_and_its_output_is_kept_without_colours()
    {
        await using var process = BackendProcess.Start("printf '\\033[31mred\\033[0m\\007 line\\n'; echo \"secret=$SECRET\"; exit 7", "/", Path);
        Assert.True(await process.WaitForExitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await Until(() => process.Output.Lines.Count == 2);
        Assert.Equal(7, process.ExitCode);
        Assert.Equal(["red line", "secret="], process.Output.Lines.Select(line => line.Shown));
        Assert.Contains("\u001b[31m", process.Output.Lines[0].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backend_that_ends_before_it_answers_says_what_it_wrote()
    {
        var options = new BackendOptions { Command = "echo no database here >&2; exit 3", Directory = "/" };
        var error = await Assert.ThrowsAsync<InspectionException>(() => RunningBackend.StartAsync(options, _ => Path, TestContext.Current.CancellationToken));
        Assert.Contains("ended with 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("no database here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_has_started_is_known_also_where_it_cleared_its_environment()
    {
        await using var process = BackendProcess.Start("env -i sleep 1000 & exec env -i sleep 1001", "/", Path);
        await Until(() => process.Processes.Count(id => File.ReadAllText($"/proc/{id}/comm").StartsWith("sleep", StringComparison.Ordinal)) == 2);
        Assert.True(ProcessTree.Of(process.Marker).Count < 2);
    }

    [Fact]
    public async Task A_variable_whose_name_is_no_identifier_arrives()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no /bin/bash.");
        await using var process = BackendProcess.Start("env", "/", new Dictionary<string, string>(Path, StringComparer.Ordinal) { ["ConnectionStrings__catalog-db"] = "here" });
        Assert.True(await process.WaitForExitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await Until(() => process.Output.Text.Contains("ConnectionStrings__catalog-db=here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backend_that_listens_on_IPv6_alone_is_found()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6 && Fixtures.Has("node", "--version"), "There is no IPv6, or node is not installed.");
        var options = new BackendOptions { Command = "exec node -e \"require('http').createServer((q, s) => s.end()).listen(process.env.PORT, '::1')\"", Directory = "/" };
        await using var backend = await RunningBackend.StartAsync(options, port => new Dictionary<string, string>(Path, StringComparer.Ordinal) { ["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture) }, TestContext.Current.CancellationToken);
        Assert.Equal("[::1]", backend.Address.Host);
    }

    [Fact]
    public async Task It_can_be_ended_twice_and_has_then_exited()
    {
        var process = BackendProcess.Start("exit 7", "/", Path);
        Assert.True(await process.WaitForExitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await process.DisposeAsync();
        await process.DisposeAsync();
        Assert.True(process.HasExited);
        Assert.Equal(7, process.ExitCode);
    }

    [Fact]
    public async Task A_backend_that_does_not_come_back_can_still_be_taken_down()
    {
        Assert.SkipUnless(Fixtures.Has("node", "--version"), "node is not installed.");
        using var folder = new TemporaryFolder();
        var options = new BackendOptions { Command = "[ ! -e started ] && touch started && exec node -e \"require('http').createServer((q, s) => s.end()).listen(process.env.PORT, '127.0.0.1')\"", Directory = folder.Path };
        var backend = await RunningBackend.StartAsync(options, port => new Dictionary<string, string>(Path, StringComparer.Ordinal) { ["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture) }, TestContext.Current.CancellationToken);
        Assert.False(backend.HasExited);
        await Assert.ThrowsAsync<InspectionException>(() => backend.RestartAsync(TestContext.Current.CancellationToken));
        Assert.True(backend.HasExited);
        await backend.DisposeAsync();
    }

    [Fact]
    public async Task Requests_to_elsewhere_are_refused_and_remembered()
    {
        await using var recorder = new OutboundRecorder();
        using var http = new HttpClient(new SocketsHttpHandler { Proxy = new System.Net.WebProxy(recorder.Address), UseProxy = true });
        Assert.Equal(403, (int)(await http.GetAsync("http://pay.example.com/charge?card=1", TestContext.Current.CancellationToken)).StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("https://mail.example.com/send", TestContext.Current.CancellationToken));
        Assert.Equal(["GET http://pay.example.com/charge", "CONNECT mail.example.com:443"], recorder.Requests.Select(request => $"{request.Method} {request.Target}"));
    }

    private static async Task Until(Func<bool> condition)
    {
        var deadline = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(30), "It did not come to be within 30 s.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
