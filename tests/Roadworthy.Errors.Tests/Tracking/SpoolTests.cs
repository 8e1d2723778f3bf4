using FsCheck;
using FsCheck.Fluent;
using Roadworthy.Errors.Tests.Support;
using Roadworthy.Errors.Tracking;
using Roadworthy.Errors.Tracking.Spool;

namespace Roadworthy.Errors.Tests.Tracking;

public sealed class SpoolTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("roadworthy-errors-tests-").FullName;
    private readonly SpoolBudget _budget = new(long.MaxValue);

    [Fact]
    public void What_was_appended_is_read_in_its_order_with_every_field()
    {
        using var folder = SpoolFolder.Create(_parent);
        using var spool = new ErrorSpool(folder, _budget);
        var written = Enumerable.Range(0, 3_000).Select(Occurrence).ToList();
        Assert.All(written, occurrence => Assert.True(Append(spool, occurrence)));
        Assert.True(folder.Segments().Count > 1);
        var read = ReadAll(folder);
        Assert.Equal(Enumerable.Range(1, 3_000).Select(n => (long)n), read.Select(entry => entry.Sequence));
        Assert.Equal(written.Select(Text), read.Select(entry => Text(entry.Occurrence!)));
        Assert.Equal(SpoolSegments.SizeOf(folder), _budget.Waiting);
    }

    [Fact]
    public void Forty_threads_append_each_entry_once()
    {
        using var folder = SpoolFolder.Create(_parent);
        using var spool = new ErrorSpool(folder, _budget);
        Parallel.For(0, 4_000, new() { MaxDegreeOfParallelism = 40 }, n => Assert.True(Append(spool, Occurrence(n))));
        Assert.Equal(Enumerable.Range(0, 4_000).Select(n => $"message {n}").Order(), ReadAll(folder).Select(entry => entry.Occurrence!.Message).Order());
    }

    [Fact]
    public void An_entry_torn_anywhere_is_passed_over_and_the_ones_before_it_are_not()
    {
        using var folder = SpoolFolder.Create(_parent);
        using (var spool = new ErrorSpool(folder, _budget))
        {
            Append(spool, Occurrence(1));
            Append(spool, Occurrence(2));
        }

        var path = folder.PathOf(folder.Segments().Single());
        var whole = File.ReadAllBytes(path);
        var second = SpoolSegments.Read(path, int.MaxValue).First().Bytes + SpoolBytes.Magic.Length;
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Equal(length < second ? 0 : 1, SpoolSegments.Read(path, int.MaxValue).Count());
            // What a lost page leaves.
            File.WriteAllBytes(path, [.. whole[..length], .. new byte[whole.Length - length]]);
            Assert.Equal(length < second ? 0 : 1, SpoolSegments.Read(path, int.MaxValue).Count());
        }
    }

    [Fact]
    public void No_bytes_make_the_reader_fail_or_give_more_than_was_written()
    {
        using var folder = SpoolFolder.Create(_parent);
        using (var spool = new ErrorSpool(folder, _budget))
        {
            Append(spool, Occurrence(1));
            Append(spool, Occurrence(2));
        }

        var path = folder.PathOf(1);
        var whole = File.ReadAllBytes(path);
        Prop.ForAll(Gen.Choose(0, whole.Length - 1).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (at, value) =>
        {
            var changed = whole.ToArray();
            changed[at] = (byte)value;
            File.WriteAllBytes(path, changed);
            var read = SpoolSegments.Read(path, int.MaxValue).ToList();
            return changed[at] == whole[at] ? read.Count == 2 : read.Count < 2;
        }).QuickCheckThrowOnFailure();
        Prop.ForAll<byte[]>(bytes =>
        {
            File.WriteAllBytes(path, [.. SpoolBytes.Magic, .. bytes ?? []]);
            return SpoolSegments.Read(path, int.MaxValue).ToList().Count == 0 && OccurrenceBytes.Read(bytes) is null;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_segment_goes_only_when_nothing_behind_the_position_is_in_it()
    {
        using var folder = SpoolFolder.Create(_parent);
        using var spool = new ErrorSpool(folder, _budget);
        Append(spool, Occurrence(1));
        Append(spool, Occurrence(2));
        Assert.False(spool.TryRemove(1, 1));
        for (var n = 3; folder.Segments().Count == 1; n++)
        {
            Append(spool, Occurrence(n));
        }

        // It was closed in the meantime, with entries that nobody has read.
        Assert.False(spool.TryRemove(1, 2));
        var last = SpoolSegments.Read(folder.PathOf(1), int.MaxValue).Last().Sequence;
        Assert.True(spool.TryRemove(1, last));
        Assert.Equal([2], folder.Segments());
        Assert.True(spool.TryRemove(2, last + 1));
        Assert.Equal(0, _budget.Waiting);
        Assert.True(Append(spool, Occurrence(0)));
        Assert.Equal(last + 2, Assert.Single(ReadAll(folder)).Sequence);
    }

    [Fact]
    public void A_folder_is_adopted_by_one_and_only_when_its_process_is_dead()
    {
        var folder = SpoolFolder.Create(_parent);
        Assert.Null(SpoolFolder.TryAdopt(folder.Path));
        folder.Dispose();
        using var adopted = SpoolFolder.TryAdopt(folder.Path);
        Assert.NotNull(adopted);
        Assert.Null(SpoolFolder.TryAdopt(folder.Path));
        Assert.Null(SpoolFolder.TryAdopt(_parent));
        Assert.Null(SpoolFolder.TryAdopt(Path.Combine(_parent, Guid.NewGuid().ToString())));
        adopted.Remove();
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void A_folder_is_its_owners_only_and_a_link_is_not_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var options = new ErrorTrackingOptions { ConnectionString = "Host=db;Database=a", SpoolFolder = Path.Combine(_parent, "given") };
        Directory.CreateDirectory(options.SpoolFolder, (UnixFileMode)0x1FF);
        var place = SpoolPlace.Open(options);
        foreach (var path in new[] { options.SpoolFolder, place })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        }

        Assert.NotEqual(place, SpoolPlace.Open(new() { ConnectionString = "Host=db;Database=b", SpoolFolder = options.SpoolFolder }));
        Assert.Equal(place, SpoolPlace.Open(new() { ConnectionString = "Host=db;Database=a;Username=other;Timeout=3", SpoolFolder = options.SpoolFolder }));
        var link = Path.Combine(_parent, "link");
        Directory.CreateSymbolicLink(link, options.SpoolFolder);
        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => SpoolPlace.Open(new() { ConnectionString = "Host=db", SpoolFolder = link })).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static List<SpoolSegments.Entry> ReadAll(SpoolFolder folder) => [.. folder.Segments().SelectMany(segment => SpoolSegments.Read(folder.PathOf(segment), int.MaxValue))];

    private static bool Append(ErrorSpool spool, ErrorOccurrence occurrence)
    {
        var entry = OccurrenceBytes.Write(occurrence);
        return spool.TryAppend(entry.GetBuffer().AsSpan(0, (int)entry.Length));
    }

    private static string Text(ErrorOccurrence occurrence) => occurrence with { Record = default } + System.Text.Encoding.UTF8.GetString(occurrence.Record.Span);

    private static ErrorOccurrence Occurrence(int n) => new()
    {
        Id = Guid.CreateVersion7(),
        Group = Guid.NewGuid(),
        Type = "Type",
        Message = $"message {n}",
        Culprit = "c",
        Level = LogLevel.Critical,
        Category = "Shop",
        At = DateTimeOffset.UtcNow,
        TraceId = n % 2 == 0 ? null : "0123",
        SpanId = "s",
        RequestId = "r",
        Method = "GET",
        Route = "/orders/{id}",
        UserId = "Ö\U0001F600",
        Release = "1",
        Instance = "i",
        Record = System.Text.Encoding.UTF8.GetBytes(new string('x', 300 + n)),
    };
}
