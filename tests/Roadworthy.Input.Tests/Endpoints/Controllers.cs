using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Roadworthy.Input.Tests.Endpoints;

#pragma warning disable CA1822 // MVC takes no static method for an action.

public sealed record Parcel([Range(1, 10)] int Weight, string? Note = null);

[ApiController]
[Route("api")]
public sealed class ParcelApiController : ControllerBase
{
    [HttpPost("inferred/{id}")]
    public string Inferred(int id, Parcel parcel) => $"{id} {parcel.Weight}";

    [HttpPost("optional")]
    public string Optional([FromBody] Parcel? parcel) => parcel is null ? "none" : "some";

    [HttpPost("small")]
    [RequestSizeLimit(40)]
    public string Small(Parcel parcel) => "small";

    [HttpGet("query")]
    public int Query(int v) => v;
}

[Route("old")]
public sealed class ParcelController : Controller
{
    [HttpPost("explicit")]
    public string Explicit([FromBody] Parcel parcel) => $"{ModelState.IsValid} {parcel.Weight}";

    [HttpPost("allow")]
    public string Allow([FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] Parcel parcel) => parcel is null ? "none" : "some";

    [HttpPost("form")]
    public string Form(Parcel parcel) => $"{parcel.Weight}";
}
