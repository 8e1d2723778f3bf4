using Microsoft.AspNetCore.Http.Features;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>Tells the binder that a body which turned out to be empty is none, or that one was put in its place.</summary>
internal sealed class BodyDetection : IHttpRequestBodyDetectionFeature
{
    public static readonly BodyDetection None = new(canHaveBody: false);
    public static readonly BodyDetection Some = new(canHaveBody: true);

    private BodyDetection(bool canHaveBody) => CanHaveBody = canHaveBody;

    public bool CanHaveBody { get; }
}
