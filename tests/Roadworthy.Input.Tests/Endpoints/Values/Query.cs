using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Endpoints.Values;

internal static class Query
{
    /// <param name="app">The application.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="expected">What the handler answers, or the errors as "query:name rule", with commas between.</param>
    public static async Task ExpectAsync(TestApp app, string path, string expected)
    {
        var answer = await app.GetAsync(path);
        if (expected.StartsWith("query:", StringComparison.Ordinal)) Assert.Equal(expected.Split(','), answer.Rules);
        else answer.IsOk(expected);
    }
}
