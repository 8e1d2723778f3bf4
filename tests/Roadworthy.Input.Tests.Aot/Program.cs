using Roadworthy.Input.Tests.Aot;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddRoadworthyInput();
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, SampleJson.Default));

var app = builder.Build();

// Where the binder reads the stream in place of the pipe, and the stream is not the server's.
if (args.Contains("--stream", StringComparer.Ordinal))
{
    AppContext.SetSwitch("Microsoft.AspNetCore.UseStreamBasedJsonParsing", true);
    app.Use((http, next) =>
    {
        http.Request.EnableBuffering();
        return next(http);
    });
}

Sample.Map(app);
Sample.Map(app.MapGroup("/group"));
app.Map("/branch", branch =>
{
    branch.UseRouting();
    branch.UseEndpoints(Sample.Map);
});
await app.StartAsync();

// The test reads where to send its requests, and closes the input when it is through.
Console.WriteLine(app.Urls.Single());
await Console.In.ReadToEndAsync();
await app.StopAsync();
