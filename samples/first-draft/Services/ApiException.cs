namespace FirstDraft.Services;

/// <summary>An error that the client is told about.</summary>
public class ApiException(int statusCode, string message) : Exception(message)
{
    public int StatusCode { get; } = statusCode;
}
