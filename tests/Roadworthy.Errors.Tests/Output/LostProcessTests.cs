using System.Text.Json;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Output;

public sealed class LostProcessTests
{
    [Fact]
    public async Task A_process_killed_right_after_it_logged_an_error_has_written_it_and_what_came_before()
    {
        using var child = Child.Start("killed");
        var lines = (await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(137, child.ExitCode);
        var records = lines.Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(["warm-up", "queued before the error", "the last words"], records.Select(r => r.At("message")), StringComparer.Ordinal);
        Assert.Equal("b-17", records[2].At("exception.data.basket"));
    }

    [Fact]
    public async Task A_process_that_exits_without_disposing_anything_has_written_its_queue()
    {
        using var child = Child.Start("exits");
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, child.ExitCode);
        Assert.Equal("queued before the exit", JsonElement.Parse(output).At("message"));
    }

    [Fact]
    public async Task A_process_whose_reader_has_gone_lives_on_and_counts_what_it_lost()
    {
        using var child = Child.Start("reader gone");
        child.StandardOutput.Close();
        await child.StandardInput.WriteLineAsync("go".AsMemory(), TestContext.Current.CancellationToken);
        var errors = await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("failed 20", errors.Trim());
        Assert.Equal(0, child.ExitCode);
    }
}
