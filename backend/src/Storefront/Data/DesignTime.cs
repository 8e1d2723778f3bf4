using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Storefront.Data;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no server.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<StorefrontDb>
{
    public StorefrontDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<StorefrontDb>();
        Database.Use(options, NpgsqlDataSource.Create("Host=127.0.0.1"));
        return new(options.Options, new Nobody());
    }
}
