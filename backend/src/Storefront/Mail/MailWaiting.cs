namespace Storefront.Mail;

/// <summary>Tells the sender of this process that a mail is owed. One that is not told finds it soon by itself.</summary>
internal sealed class MailWaiting : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0);

    public void Wake() => _signal.Release();

    /// <summary>Until told, or until the time is over.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        // However often it was told: who looks now sees all of it.
        if (await _signal.WaitAsync(longest, cancellationToken))
            while (await _signal.WaitAsync(TimeSpan.Zero, cancellationToken)) { }
    }

    public void Dispose() => _signal.Dispose();
}
