namespace Roadworthy.Inspection.Backend;

/// <summary>What stands in for the world around a backend.</summary>
/// <param name="Proxy">Takes its requests to elsewhere.</param>
/// <param name="MailPort">Takes its mail, by SMTP on 127.0.0.1.</param>
internal sealed record Surroundings(Uri Proxy, int MailPort);
