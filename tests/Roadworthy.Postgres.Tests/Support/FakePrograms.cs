namespace Roadworthy.Postgres.Tests.Support;

internal static class FakePrograms
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    public static async Task<string> WriteAsync(string folder, params (string Name, string Script)[] programs)
    {
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, Executable);
        foreach (var (name, script) in programs)
        {
            var path = Path.Combine(folder, name);
            await File.WriteAllTextAsync(path, "#!/bin/sh\n" + script + "\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(path, Executable);
        }

        return folder;
    }
}
