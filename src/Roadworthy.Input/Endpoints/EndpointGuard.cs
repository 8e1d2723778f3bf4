using Microsoft.AspNetCore.Http;
using Roadworthy.Input.Endpoints.Reading;
using Roadworthy.Input.Endpoints.Values;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Endpoints;

/// <summary>
/// Stands before one endpoint. A request that is clean goes on as it came; where a value came in another form (<c>"42.0"</c>), the binder finds the
/// form that it reads; a request that is not clean is answered, and neither filters nor handler run.
/// </summary>
internal sealed class EndpointGuard(RequestDelegate next, Lazy<EndpointPlan> plan, Refusals refusals)
{
    // Nearly every request is clean and gives its empty list back. Not where rules had it: a validator that goes on after its end would write into another
    // request's list.
    private InputErrors? _spare;

    /// <exception cref="InvalidOperationException">The application's JSON options can't describe the endpoint's body.</exception>
    public Task InvokeAsync(HttpContext http)
    {
        var errors = Interlocked.Exchange(ref _spare, null) ?? refusals.NewErrors();
        var endpoint = plan.Value;
        if (endpoint.Parameters.Length > 0) ReadParameters(endpoint, http, errors);
        if (endpoint.Body is null) return Decide(http, errors, default);
        var check = endpoint.Body.CheckAsync(http, errors);
        return check.IsCompletedSuccessfully ? Decide(http, errors, check.Result) : AwaitAsync(http, errors, check);
    }

    private static void ReadParameters(EndpointPlan endpoint, HttpContext http, InputErrors errors)
    {
        var values = new RequestValues(http);
        foreach (var parameter in endpoint.Parameters) parameter.Read(ref values, errors);
        values.Apply();
    }

    private async Task AwaitAsync(HttpContext http, InputErrors errors, ValueTask<BodyVerdict> check) =>
        await Decide(http, errors, await check.ConfigureAwait(false)).ConfigureAwait(false);

    private Task Decide(HttpContext http, InputErrors errors, BodyVerdict body)
    {
        if (body.Status != 0) return refusals.AnswerAsync(http, body.Status, body.Failure);
        if (errors.Any)
        {
            body.Handover?.Release();
            return refusals.AnswerAsync(http, plan.Value, errors);
        }

        if (plan.Value.Body is not { HasRules: true }) _spare = errors;
        return body.Handover is null ? Run(http) : RunAsync(http, body.Handover);
    }

    private async Task RunAsync(HttpContext http, BodyHandover body)
    {
        body.Attach(http);
        try
        {
            await Run(http).ConfigureAwait(false);
        }
        finally
        {
            body.Close(http);
        }
    }

    private Task Run(HttpContext http)
    {
        Task task;
        try
        {
            task = next(http);
        }
        catch (BadHttpRequestException failure) when (BindFailure.IsBinders(failure, http))
        {
            return AnswerAsync(http, failure);
        }

        return task.IsCompletedSuccessfully && plan.Value.LeftToBinder.Length == 0 ? task : FinishAsync(http, task);
    }

    private async Task FinishAsync(HttpContext http, Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (BadHttpRequestException failure) when (BindFailure.IsBinders(failure, http))
        {
            await AnswerAsync(http, failure).ConfigureAwait(false);
            return;
        }

        if (BindFailure.SilentKey(plan.Value, http) is { } key) await AnswerAsync(http, key).ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext http, BadHttpRequestException failure) => failure.StatusCode == StatusCodes.Status400BadRequest
        ? AnswerAsync(http, BindFailure.KeyOf(plan.Value, failure))
        : refusals.AnswerAsync(http, failure.StatusCode);

    private Task AnswerAsync(HttpContext http, string key)
    {
        var errors = refusals.NewErrors();
        errors.Add(key, InputRule.Binding, Wording.NotBound);
        return refusals.AnswerAsync(http, plan.Value, errors);
    }
}
