using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts;

public sealed class ConfirmEmailTests(StorefrontFixture fixture) : IClassFixture<StorefrontFixture>
{
    private const string Subject = "Confirm your address";

    private readonly StorefrontHost _host = fixture.Host;

    [Fact]
    public async Task The_mail_of_the_sign_up_confirms_the_address_and_signs_nobody_out()
    {
        var person = await _host.SignUpAsync();
        Assert.False(await ConfirmedAsync(person));
        var token = await _host.Mailbox.TokenAsync(person.Email, Subject);
        for (var times = 0; times < 2; times++) await ConfirmAsync(token).ShouldBeAsync(204);
        Assert.True(await ConfirmedAsync(person));
    }

    [Fact]
    public async Task It_is_sent_again_to_who_asks_and_not_when_it_is_confirmed()
    {
        var person = await _host.SignUpAsync();
        await _host.Mailbox.TokenAsync(person.Email, Subject);
        await PassAsync(person);
        await AskAsync(person).ShouldBeAsync(202);
        var second = await _host.Mailbox.TokenAsync(person.Email, Subject, count: 2);
        await ConfirmAsync(second).ShouldBeAsync(204);

        await PassAsync(person);
        await AskAsync(person).ShouldBeAsync(202);
        await Eventually.TrueAsync("nothing is owed", async () => await Sql.ScalarAsync<long>(
            _host.ConnectionString, "SELECT count(*) FROM owed_mails WHERE due_at IS NOT NULL AND recipient_id = $1", person.Id) == 0);
        await _host.Mailbox.TokenAsync(person.Email, Subject, count: 2);
    }

    [Fact]
    public async Task A_changed_password_leaves_it_good_and_a_changed_address_does_not()
    {
        var person = await _host.SignUpAsync();
        var token = await _host.Mailbox.TokenAsync(person.Email, Subject);
        await person.Client.PostValueAsync("/api/password", new { current = People.Password, @new = "another password" }).ShouldBeAsync(200);
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE users SET normalized_email = normalized_email || 'X' WHERE id = $1", person.Id);
        await ConfirmAsync(token).ShouldBeProblemAsync(410, "mail-token-gone");
        await Sql.ExecuteAsync(_host.ConnectionString, "UPDATE users SET normalized_email = upper(email) WHERE id = $1", person.Id);
        await ConfirmAsync(token).ShouldBeAsync(204);
    }

    [Fact]
    public async Task What_is_no_token_is_gone()
    {
        foreach (var token in (string[])["x", new('A', Storefront.Mail.MailTokens.TextLength)]) await ConfirmAsync(token).ShouldBeProblemAsync(410, "mail-token-gone");
    }

    private Task<HttpResponseMessage> ConfirmAsync(string token) => _host.Anonymous.PostValueAsync("/api/email/confirm", new { token });

    private static Task<HttpResponseMessage> AskAsync(Person person) => person.Client.PostAsync("/api/email/confirmation", null);

    private static async Task<bool> ConfirmedAsync(Person person) => (await person.Client.ReadAsync("/api/me").ShouldBeAsync(200)).GetProperty("emailConfirmed").GetBoolean();

    private Task PassAsync(Person person) => Sql.ExecuteAsync(
        _host.ConnectionString, "UPDATE owed_mails SET requested_at = requested_at - interval '5 minutes' WHERE recipient_id = $1", person.Id);
}
