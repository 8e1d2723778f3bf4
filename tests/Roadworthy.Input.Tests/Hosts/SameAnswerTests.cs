using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roadworthy.Input.Tests.Aot;
using Roadworthy.Input.Tests.Support;

namespace Roadworthy.Input.Tests.Hosts;

/// <summary>However an application is built and hosted, the same request gets the same document, but for its traceId.</summary>
public sealed partial class SameAnswerTests
{
    [Fact]
    public async Task In_a_web_application_its_branches_and_its_groups()
    {
        await using var expected = await TestApp.StartAsync(Sample.Map);
        await using var kestrel = await TestApp.OnKestrelAsync(app =>
        {
            Sample.Map(app);
            Sample.Map(app.MapGroup("/a").MapGroup("/b"));
            app.Map("/branch", branch => branch.UseRouting().UseEndpoints(Sample.Map));
        });
        await using var development = await TestApp.StartAsync(Sample.Map, environment: "Development");

        await AllSameAsync(expected.Client, (kestrel.Client, ""), (kestrel.Client, "/a/b"), (kestrel.Client, "/branch"), (development.Client, ""));
        await OwnExceptionIsLeftAsync(kestrel.Client);
    }

    [Fact]
    public async Task In_a_classic_startup()
    {
        await using var expected = await TestApp.StartAsync(Sample.Map);
        using var host = await new HostBuilder().ConfigureWebHost(web => web.UseTestServer().UseStartup<Startup>()).StartAsync();
        using var client = host.GetTestClient();

        await AllSameAsync(expected.Client, (client, ""));
    }

    [Fact]
    public async Task With_generated_binders_and_without_reflection()
    {
        await using var expected = await TestApp.StartAsync(Sample.Map);
        await using var generated = await SampleProcess.StartAsync(SampleProcess.BuiltFile);

        await AllSameAsync(expected.Client, (generated.Client, ""), (generated.Client, "/group"), (generated.Client, "/branch"));
        await OwnExceptionIsLeftAsync(generated.Client);
    }

    [Fact]
    public async Task With_binders_that_read_the_stream()
    {
        await using var expected = await TestApp.StartAsync(Sample.Map);
        await using var streaming = await SampleProcess.StartAsync(SampleProcess.BuiltFile, "--stream");

        await AllSameAsync(expected.Client, (streaming.Client, ""));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Compiled_to_native_code()
    {
        Assert.SkipUnless(HasLinker(), "Native code needs clang or gcc, which is not on the path.");
        var folder = Directory.CreateTempSubdirectory("roadworthy-native-");
        try
        {
            var file = await PublishAsync(folder.FullName);
            await using var expected = await TestApp.StartAsync(Sample.Map);
            await using var native = await SampleProcess.StartAsync(file);

            await AllSameAsync(expected.Client, (native.Client, ""), (native.Client, "/group"), (native.Client, "/branch"));
            await OwnExceptionIsLeftAsync(native.Client);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task AllSameAsync(HttpClient expected, params (HttpClient Client, string Prefix)[] others)
    {
        foreach (var request in SampleRequests.All)
        {
            var document = await AnswerAsync(expected, request, "", isChunked: false);
            foreach (var (client, prefix) in others)
            {
                Assert.Equal(document, await AnswerAsync(client, request, prefix, isChunked: false));
                if (request.Body is not null) Assert.Equal(document, await AnswerAsync(client, request, prefix, isChunked: true));
            }
        }

        await AllTakenAsync(expected, "");
        foreach (var (client, prefix) in others) await AllTakenAsync(client, prefix);
    }

    private static async Task<string> AnswerAsync(HttpClient client, SampleRequest request, string prefix, bool isChunked)
    {
        using var message = request.ToMessage(prefix, isChunked);
        using var response = await client.SendAsync(message);
        var answer = await Answer.OfAsync(response);
        Assert.True(answer.Status == request.Status, $"{request.Name}: {answer.Status} in place of {request.Status}: {answer.Body}");
        Assert.NotEmpty(answer.Problem.GetProperty("traceId").GetString()!);
        return $"{request.Name}: {answer.Status} {answer.ContentType} {TraceId().Replace(answer.Body, "")}";
    }

    /// <summary>A host that refuses everything would pass too.</summary>
    private static async Task AllTakenAsync(HttpClient client, string prefix)
    {
        foreach (var isChunked in new[] { false, true })
        {
            var order = new SampleRequest("an order", 200, "POST", "/orders/7.0?limit=%2042.0", """{"items":[{"sku":"a","quantity":"2.0","price":"1.5"}],"dueAt":""}"""u8.ToArray());
            using var message = order.ToMessage(prefix, isChunked);
            message.Headers.Remove("X-Age");
            message.Headers.Add("X-Age", "3.0");
            using var response = await client.SendAsync(message);
            Assert.Equal("7 42 3 1", await response.Content.ReadAsStringAsync());

            using var none = new SampleRequest("an empty body", 200, "POST", "/optional", []).ToMessage(prefix, isChunked);
            using var nothing = await client.SendAsync(none);
            Assert.Equal("none", await nothing.Content.ReadAsStringAsync());
        }

        Assert.Equal(
            "Dollar 2025-12-31T22:00:00.0000000+00:00 a b 2 5 ",
            await client.GetStringAsync(prefix + "/search?colour=dollar&ids=1&ids=2.0&weight=g5&text=%20a+b%20&when=2026-01-01T00:00:00%2B02:00&page="));
    }

    /// <summary>The exception that binders throw, thrown by a handler: Kestrel answers it with its status and nothing else.</summary>
    private static async Task OwnExceptionIsLeftAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/own?v=422");
        Assert.Equal(422, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
    }

    private static async Task<string> PublishAsync(string folder)
    {
        var project = Path.Combine(RepositoryRoot(), "tests", "Roadworthy.Input.Tests.Aot");
        string[] arguments = ["publish", project, "-c", "Release", "-p:PublishNative=true", "--artifacts-path", folder, "-o", Path.Combine(folder, "out"), "-v", "quiet", "--nologo"];
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var publish = Process.Start(start)!;
        var output = publish.StandardOutput.ReadToEndAsync();
        var error = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(10));
        Assert.True(publish.ExitCode == 0, $"{await output}{await error}");
        return Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "Roadworthy.Input.Tests.Aot.exe" : "Roadworthy.Input.Tests.Aot");
    }

    private static bool HasLinker() => OperatingSystem.IsWindows() || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Roadworthy.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();

    private sealed class Startup
    {
        public static void ConfigureServices(IServiceCollection services) => services.AddRouting().AddRoadworthyInput();

        public static void Configure(IApplicationBuilder app) => app.UseRouting().UseEndpoints(Sample.Map);
    }
}
