using System.Globalization;

namespace Storefront.Tests.Support;

/// <summary>Who runs in or on a folder, as Linux tells it.</summary>
internal static class FolderProcesses
{
    /// <summary>Every process that was called with the folder or works in it: id and command line.</summary>
    public static List<string> Of(string folder) =>
        [.. from id in All()
            where Said(id).Contains(folder, StringComparison.Ordinal) || WorksIn(id).StartsWith(folder, StringComparison.Ordinal)
            select $"{id} {Said(id)}"];

    public static List<string> ChildrenOf(int parent) => [.. from id in All() where ParentOf(id) == parent select $"{id} {Said(id)}"];

    /// <returns>How long it took until nobody was left.</returns>
    public static async Task<TimeSpan> GoneAsync(string folder)
    {
        var left = new List<string>();
        try
        {
            return await Eventually.TrueAsync($"nothing runs in '{folder}'", () => (left = Of(folder)).Count == 0);
        }
        catch (Exception) when (left.Count > 0)
        {
            Assert.Fail($"Still there in '{folder}':\n{string.Join('\n', left)}");
            throw;
        }
    }

    private static IEnumerable<int> All() =>
        from path in Directory.EnumerateDirectories("/proc")
        let id = int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var number) ? number : 0
        where id > 0 && id != Environment.ProcessId
        select id;

    private static string Said(int id) => Read(() => File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' '));

    private static string WorksIn(int id) => Read(() => new FileInfo($"/proc/{id}/cwd").LinkTarget ?? "");

    private static int ParentOf(int id)
    {
        // The name in brackets may hold anything: state and parent follow the last one.
        var stat = Read(() => File.ReadAllText($"/proc/{id}/stat"));
        return stat.Length == 0 ? 0 : int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static string Read(Func<string> file)
    {
        try
        {
            return file();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended in between.
            return "";
        }
    }
}
