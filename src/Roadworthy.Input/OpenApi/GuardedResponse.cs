using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Roadworthy.Input.OpenApi;

/// <summary>An answer that the guard gives, and not the application.</summary>
internal sealed class GuardedResponse : ApiResponseType;
