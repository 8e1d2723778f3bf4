using Microsoft.AspNetCore.Http.Features;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>Tells the binder that a body which turned out to be empty is none.</summary>
internal sealed class NoBody : IHttpRequestBodyDetectionFeature
{
    public static readonly NoBody Instance = new();

    private NoBody()
    {
    }

    public bool CanHaveBody => false;
}
