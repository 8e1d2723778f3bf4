namespace Roadworthy.Inspection.Api;

/// <summary>No operation could be read. The message says what is wrong, where, and what to do.</summary>
internal sealed class DescriptionException(string message, Exception? inner = null) : Exception(message, inner);
