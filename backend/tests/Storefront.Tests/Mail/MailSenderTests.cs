using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Mail;
using Storefront.Tests.Support;

namespace Storefront.Tests.Mail;

/// <summary>Mail by SMTP, against a server on a real socket.</summary>
public sealed class MailSenderTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly SmtpServer _smtp = new();
    private StorefrontHost? _host;

    private StorefrontHost Host => _host!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null) await _host.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_goes_out_whole_with_the_link_of_the_options()
    {
        await StartAsync();
        var person = await Host.SignUpAsync();
        await SentAsync(1);
        Assert.True(_smtp.Mails.TryDequeue(out var mail));
        Assert.Equal(person.Email, mail.To.Mailboxes.Single().Address);
        Assert.Equal(("The Shop", "shop@example.com"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.EndsWith("@example.com", mail.MessageId, StringComparison.Ordinal);
        Assert.InRange(mail.Date, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        var link = mail.TextBody!.Split('\n', StringSplitOptions.TrimEntries).Single(line => line.StartsWith("https://", StringComparison.Ordinal));
        const string Page = "https://shop.example/confirm#";
        Assert.StartsWith(Page, link, StringComparison.Ordinal);
        await Host.Anonymous.PostValueAsync("/api/email/confirm", new { token = link[Page.Length..] }).ShouldBeAsync(204);
        Assert.DoesNotContain("A Person", mail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_mails_go_over_one_connection_and_each_goes_once()
    {
        await StartAsync();
        var people = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Host.SignUpAsync()));
        await SentAsync(20);
        await DoneAsync();
        Assert.Equal(people.Select(person => person.Email).Order(StringComparer.Ordinal), _smtp.Mails.Select(mail => mail.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal));
        Assert.InRange(_smtp.Connections, 1, 20);
    }

    [Theory]
    [InlineData("MAIL", "421 going down")]
    [InlineData("RCPT", "451 come back later")]
    [InlineData("DATA", "452 no room")]
    [InlineData("EHLO", "500 not understood")]
    public async Task What_the_server_can_not_take_now_is_sent_later(string verb, string answer)
    {
        _smtp.Refusals[verb] = answer;
        if (verb is "EHLO") _smtp.Refusals["HELO"] = "421 neither";
        await StartAsync();
        var person = await Host.SignUpAsync();
        await RecordedAsync("MailDelayed");
        Assert.Empty(_smtp.Mails);
        Assert.Equal(1, await Sql.ScalarAsync<int>(Host.ConnectionString, "SELECT attempts FROM owed_mails WHERE due_at > now() + interval '30 seconds'"));
        await DueAsync();
        await SentAsync(1);
        await DoneAsync();
        AssertSilent(person.Email);
    }

    [Fact]
    public async Task A_mail_server_that_is_down_delays_no_answer_and_loses_no_mail()
    {
        int port;
        await using (var gone = new SmtpServer()) port = gone.Port;
        await StartAsync(("Port", port.ToString(CultureInfo.InvariantCulture)));
        var person = await Host.SignUpAsync();
        await RecordedAsync("MailDelayed");
        await using var mended = new SmtpServer(port);
        await DueAsync();
        await Eventually.TrueAsync("the mail is sent", () => mended.Mails.Count == 1);
        AssertSilent(person.Email);
    }

    [Fact]
    public async Task What_the_server_refuses_for_good_is_not_tried_again()
    {
        _smtp.Refusals["RCPT"] = "550 <person@example.com> is unknown here";
        await StartAsync();
        var person = await Host.SignUpAsync();
        await RecordedAsync("MailRefused");
        await DoneAsync();
        Assert.Empty(_smtp.Mails);
        AssertSilent(person.Email);
        AssertSilent("person@example.com");
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_given_up_and_said_as_an_error()
    {
        await StartAsync(("Host", "127.0.0.1"), ("Port", "1"));
        await Host.SignUpAsync();
        await RecordedAsync("MailDelayed");
        await Sql.ExecuteAsync(Host.ConnectionString, "UPDATE owed_mails SET attempts = $1", MailSender.MaxAttempts - 1);
        await DueAsync();
        await RecordedAsync("MailGivenUp");
        await DoneAsync();
        Assert.Equal("MailGivenUp", Assert.Single(Host.FlushedRecords(), record => record.Level() is "Error").GetProperty("eventName").GetString());
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_neither_mail_nor_password_unless_that_is_allowed()
    {
        await StartAsync(("Security", "StartTls"), ("User", "shop"), ("Password", "a secret"));
        await Host.SignUpAsync();
        await RecordedAsync("MailDelayed");
        Assert.Contains("has no STARTTLS", Host.Records.Named("MailDelayed").First().GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(_smtp.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
        AssertSilent("a secret");
    }

    [Fact]
    public async Task The_user_is_authenticated_and_a_refused_password_is_said()
    {
        _smtp.Refusals["AUTH"] = "535 no";
        await StartAsync(("User", "shop"), ("Password", "a secret"));
        await Host.SignUpAsync();
        await RecordedAsync("MailDelayed");
        Assert.Contains("refuses the user or the password", Host.Records.Named("MailDelayed").First().GetRawText(), StringComparison.Ordinal);
        await DueAsync();
        await SentAsync(1);
        Assert.Equal(2, _smtp.Commands.Count(command => command.StartsWith("AUTH PLAIN", StringComparison.Ordinal)));
        AssertSilent("a secret");
    }

    [Fact]
    public async Task A_mail_is_not_lost_with_the_instance_that_was_killed_while_it_sent_it()
    {
        await StartAsync(("Host", ""));
        _smtp.Holds = true;
        await using var instance = BackendProcess.Deployed(Host.ConnectionString, [.. Settings().Select(setting => $"--{setting.Key}={setting.Value}")]);
        using var client = new HttpClient { BaseAddress = await instance.AddressAsync() };
        var email = People.NewEmail();
        await client.PostValueAsync("/api/signup", new { email, password = People.Password, name = "A", age = 42 }).ShouldBeAsync(201);
        await _smtp.Held;
        instance.Kill();
        await instance.ExitAsync();

        _smtp.Holds = false;
        await using var other = await StorefrontHost.StartAsync(Host.ConnectionString, settings: Settings());
        await Sql.ExecuteAsync(Host.ConnectionString, "UPDATE owed_mails SET due_at = now()");
        other.Services.GetRequiredService<MailWaiting>().Wake();
        await SentAsync(1);
        Assert.True(_smtp.Mails.TryPeek(out var mail));
        Assert.Equal(email, mail.To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task Where_no_mail_is_set_up_forgetting_is_a_503_signing_up_owes_nothing_and_the_log_says_so()
    {
        await StartAsync(("Host", ""));
        var person = await Host.SignUpAsync();
        await Host.Anonymous.PostValueAsync("/api/password/forgot", new { email = person.Email }).ShouldBeProblemAsync(503, "no-mail");
        await person.Client.PostAsync("/api/email/confirmation", null, TestContext.Current.CancellationToken).ShouldBeProblemAsync(503, "no-mail");
        Assert.Equal(0L, await Sql.ScalarAsync<long>(Host.ConnectionString, "SELECT count(*) FROM owed_mails"));
        Assert.Single(Host.Records.Named("NoMail"));
    }

    private async Task StartAsync(params (string Name, string Value)[] mail) => _host = await StorefrontHost.StartAsync(postgres, Settings(mail));

    private Dictionary<string, string?> Settings(params (string Name, string Value)[] mail)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storefront:Mail:Folder"] = "",
            ["Storefront:Mail:Host"] = "127.0.0.1",
            ["Storefront:Mail:Port"] = _smtp.Port.ToString(CultureInfo.InvariantCulture),
            ["Storefront:Mail:Security"] = "None",
            ["Storefront:Mail:From"] = "The Shop <shop@example.com>",
            ["Storefront:Mail:ResetLink"] = "https://shop.example/reset#{token}",
            ["Storefront:Mail:ConfirmLink"] = "https://shop.example/confirm#{token}",
        };
        foreach (var (name, value) in mail) settings[$"Storefront:Mail:{name}"] = value;
        return settings;
    }

    private Task<TimeSpan> SentAsync(int count) => Eventually.TrueAsync($"{count} mails are sent", () => _smtp.Mails.Count == count);

    private Task<TimeSpan> RecordedAsync(string name) => Eventually.TrueAsync($"{name} is recorded", () =>
    {
        Host.FlushedRecords();
        return Host.Records.Named(name).Any();
    });

    private Task<TimeSpan> DoneAsync() => Eventually.TrueAsync(
        "nothing is owed", async () => await Sql.ScalarAsync<long>(Host.ConnectionString, "SELECT count(*) FROM owed_mails WHERE due_at IS NOT NULL") == 0);

    private async Task DueAsync()
    {
        await Sql.ExecuteAsync(Host.ConnectionString, "UPDATE owed_mails SET due_at = now()");
        Host.Services.GetRequiredService<MailWaiting>().Wake();
    }

    private void AssertSilent(string secret)
    {
        Host.FlushedRecords();
        Assert.DoesNotContain(secret, Host.Records.Text, StringComparison.Ordinal);
    }
}
