using Microsoft.AspNetCore.Http;
using Roadworthy.Idempotency.Answers;
using Roadworthy.Idempotency.Events;
using Roadworthy.Idempotency.Requests;
using Roadworthy.Idempotency.Store;

namespace Roadworthy.Idempotency.Endpoints;

/// <summary>Runs a handler once for its key, and answers every other request with that key from what was kept.</summary>
internal sealed class IdempotentExecution(IIdempotentTransactions transactions, IdempotencyOptions options, IdempotencyEvents events)
{
    /// <exception cref="InvalidOperationException">Nobody knows.</exception>
    public string UserOf(HttpContext http) => options.User(http) ?? throw new InvalidOperationException(
        "A request with an Idempotency-Key came from nobody: keys belong to users. Require authorization on the endpoint, or say in IdempotencyOptions.User who asks.");

    public async Task<IResult> RunAsync(HttpContext http, KeyedRequest request, Func<ValueTask<object?>> handler)
    {
        var capture = new AnswerCapture(http, options.MaxAnswerBytes);
        var (outcome, ran) = (default(Outcome), false);
        IResult? result = null;
        await transactions.RunAsync(
            async (transaction, cancel) =>
            {
                var known = await KeyStore.TakeAsync(transaction, request, cancel);
                (outcome, result) = Judge(http, request, known);
                // Kept by an earlier attempt of this very request, whose commit went through though its answer was lost.
                if (ran && outcome == Outcome.Replayed) outcome = Outcome.Recovered;
                if (result is not null) return false;
                ran = true;
                var answer = await capture.RunAsync(handler);
                result = answer;
                // What was refused has done nothing: it is rolled back, and the key is free for another try.
                outcome = answer.Status >= StatusCodes.Status400BadRequest ? Outcome.Refused : Outcome.Done;
                if (outcome == Outcome.Refused) return false;
                if (await KeyStore.KeepAsync(transaction, request, answer, options.Lifetime, cancel)) return true;
                (outcome, result) = (Outcome.InFlight, IdempotencyProblems.InFlight(http));
                return false;
            },
            mayRepeat: true,
            http.RequestAborted);
        events.Tell(outcome, request);
        return result!;
    }

    /// <summary>In a transaction all the same, where the handler has no other; without any repeat.</summary>
    public async ValueTask<object?> RunWithoutKeyAsync(HttpContext http, Func<ValueTask<object?>> handler)
    {
        if (!transactions.IsAlwaysUsed) return await handler();
        KeptAnswer? answer = null;
        await transactions.RunAsync(
            async (_, _) =>
            {
                answer = await new AnswerCapture(http, maxBytes: null).RunAsync(handler);
                return answer.Status < StatusCodes.Status400BadRequest;
            },
            mayRepeat: false,
            http.RequestAborted);
        return answer;
    }

    private static (Outcome Outcome, IResult? Result) Judge(HttpContext http, KeyedRequest request, KnownKey known)
    {
        if (known.IsInFlight) return (Outcome.InFlight, IdempotencyProblems.InFlight(http));
        if (known.Answer is null) return (Outcome.Done, null);
        return known.Request.AsSpan().SequenceEqual(request.Fingerprint) ? (Outcome.Replayed, known.Answer) : (Outcome.OtherRequest, IdempotencyProblems.OtherRequest());
    }
}
