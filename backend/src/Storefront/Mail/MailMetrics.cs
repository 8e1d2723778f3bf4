using System.Diagnostics.Metrics;
using Storefront.Hosting;

namespace Storefront.Mail;

/// <summary>What became of mails, and how many are owed.</summary>
internal sealed class MailMetrics
{
    private readonly Counter<long> _attempts;
    private long _waiting;

    public MailMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Observability.MeterName);
        _attempts = meter.CreateCounter<long>("storefront.mail.attempts", "{attempt}", "Attempts to send a mail, by kind and by what became of them.");
        meter.CreateObservableGauge(
            "storefront.mail.waiting", () => Volatile.Read(ref _waiting), "{mail}", "Mails that are owed in the database, as this instance last saw them: up to 10,000.");
    }

    public void Sent(MailKind kind) => Count(kind, "sent");

    public void Delayed(MailKind kind) => Count(kind, "delayed");

    public void Refused(MailKind kind) => Count(kind, "refused");

    public void GivenUp(MailKind kind) => Count(kind, "given_up");

    public void Waiting(int mails) => Volatile.Write(ref _waiting, mails);

    private void Count(MailKind kind, string outcome) => _attempts.Add(
        1, new("kind", kind == MailKind.ConfirmEmail ? "confirm_email" : "reset_password"), new KeyValuePair<string, object?>("outcome", outcome));
}
