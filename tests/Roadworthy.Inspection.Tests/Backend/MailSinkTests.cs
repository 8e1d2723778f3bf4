using Roadworthy.Inspection.Backend;

namespace Roadworthy.Inspection.Tests.Backend;

public sealed class MailSinkTests
{
    [Theory]
    [InlineData("Reset it at https://shop.example/reset#0123456789abcdefXY now", "0123456789abcdefXY")]
    [InlineData("https://shop.example/confirm-email?hash=3Dabc.def.ghi", "abc.def.ghi")]
    [InlineData("Your code is 482913. It is good for 10 minutes.", "482913")]
    public async Task A_mail_is_kept_and_its_token_is_found(string text, string token)
    {
        await using var sink = new MailSink();
        await SendAsync(sink, "x", text);
        Assert.Equal(token, sink.TokenFor("RW@example.com"));
        Assert.Null(sink.TokenFor("other@example.com"));
    }

    [Theory]
    [InlineData("/auth/confirm-email", "0123456789abcdefCC")]
    [InlineData("/auth/verify", "0123456789abcdefCC")]
    [InlineData("/auth/password/reset", "482913")]
    [InlineData("/auth/something", "482913")]
    public async Task Of_several_mails_the_one_counts_that_is_about_what_the_token_is_for(string path, string token)
    {
        await using var sink = new MailSink();
        await SendAsync(sink, "Welcome", "Open https://shop.example/verify#0123456789abcdefCC to confirm that it is you.");
        await SendAsync(sink, "Your password", "To reset it, type 482913.");
        Assert.Equal(token, sink.TokenFor("rw@example.com", path));
    }

    private static async Task SendAsync(MailSink sink, string subject, string text)
    {
        using var client = new System.Net.Sockets.TcpClient("127.0.0.1", sink.Port);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        foreach (var line in new[] { "EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<rw@example.com>", "DATA", $"Subject: {subject}\r\n\r\n{text}\r\n.", "QUIT" }) await writer.WriteLineAsync(line);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } said && !said.StartsWith("221", StringComparison.Ordinal)) Assert.Matches("^[23]", said);
    }
}
