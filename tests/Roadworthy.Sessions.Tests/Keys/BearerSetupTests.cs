using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Keys;

public sealed class BearerSetupTests
{
    [Fact]
    public async Task Other_schemes_of_the_application_are_left_as_they_are()
    {
        await using var app = SessionsApp.On("Host=127.0.0.1;Port=1;Database=none");
        var options = app.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>();
        Assert.Equal("roadworthy", options.Get(JwtBearerDefaults.AuthenticationScheme).TokenValidationParameters.ValidIssuer);
        var partner = options.Get("partner");
        Assert.Null(partner.TokenValidationParameters.ValidIssuer);
        Assert.Null(partner.TokenValidationParameters.IssuerSigningKeyResolver);
        Assert.True(partner.MapInboundClaims);
    }
}
