using Roadworthy.Errors.Output;

namespace Roadworthy.Errors.Records;

internal interface IRecordFormatter
{
    /// <summary>Hands the record with its line feed to the receiver; the bytes are good until that returns.</summary>
    void Format(in RecordInput input, WriteBytes receiver);
}
