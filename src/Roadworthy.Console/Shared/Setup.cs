namespace Roadworthy.Console.Shared;

/// <summary>How a guard whose page is opened is added.</summary>
internal static class Setup
{
    public const string Queries = """
        dotnet add package Roadworthy.Queries

        builder.Services.AddRoadworthyQueries();
        dataSourceBuilder.UseRoadworthyQueries();
        app.UseRoadworthyQueries();
        """;

    public const string Errors = """
        dotnet add package Roadworthy.Errors

        builder.AddRoadworthyErrors();
        builder.Services.AddRoadworthyErrorTracking(tracking => tracking.ConnectionString = "...");
        app.UseRoadworthyErrors();
        """;

    public const string Sessions = """
        dotnet add package Roadworthy.Sessions

        builder.Services.AddRoadworthySessions(sessions => sessions.RootKey = "...");
        """;
}
