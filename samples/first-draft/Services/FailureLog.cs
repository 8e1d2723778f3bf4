using FirstDraft.Data;
using FirstDraft.Models;

namespace FirstDraft.Services;

/// <summary>Keeps failed operations in the error_logs table so that support can look them up.</summary>
public class FailureLog(IServiceScopeFactory scopes)
{
    public async Task RecordAsync(string source, Exception exception)
    {
        try
        {
            using var scope = scopes.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            db.ErrorLogs.Add(new ErrorLog { Source = source, Message = exception.Message });
            await db.SaveChangesAsync();
        }
        catch
        {
            // Logging must never break a request.
        }
    }
}
