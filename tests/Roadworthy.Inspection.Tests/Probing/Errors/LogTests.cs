using Roadworthy.Inspection.Probing.Errors;

namespace Roadworthy.Inspection.Tests.Probing.Errors;

public sealed class LogTests
{
    [Fact]
    public void What_is_written_to_files_of_the_log_is_read_from_the_mark_on()
    {
        var folder = Directory.CreateTempSubdirectory("roadworthy-log-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "storage", "logs"));
            Directory.CreateDirectory(Path.Combine(folder, "node_modules", "lib"));
            var log = Path.Combine(folder, "storage", "logs", "app.txt");
            File.WriteAllText(log, "started\n");
            File.WriteAllText(Path.Combine(folder, "readme.txt"), "");
            var files = new LogFiles(folder);
            files.Mark();
            Assert.Empty(files.Written());
            File.AppendAllText(log, "boom\n  at a.js:1\n");
            File.WriteAllText(Path.Combine(folder, "node_modules", "lib", "x.log"), "other\n");
            File.WriteAllText(Path.Combine(folder, "readme.txt"), "other\n");
            Assert.Equal(["boom", "  at a.js:1"], files.Written());
            Assert.True(files.Any);
            File.WriteAllText(log, "anew\n");
            Assert.Equal(["anew"], files.Written());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("2026/05/01 12:00:00 canceling statement", false)]
    [InlineData("    at create (/app/src/orders.js:40:13)", true)]
    public void A_frame_of_a_stack_is_told_from_a_line(string line, bool isFrame) => Assert.Equal(isFrame, LogTraces.HasFrames([line]));

    [Fact]
    public async Task Where_nothing_was_asked_there_is_nothing_to_come_back() =>
        Assert.True(await new Recovery(null!).WaitAsync([], "an outage of the database", TestContext.Current.CancellationToken));
}
