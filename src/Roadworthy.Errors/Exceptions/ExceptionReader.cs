using Npgsql;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Exceptions;

/// <summary>Walks an exception, its causes and its children, level by level, so that a wide level is not starved by a deep one.</summary>
internal static class ExceptionReader
{
    public const int MostDepth = 8;
    public const int MostChildren = 64;
    public const int MostNodes = 128;

    public static ExceptionNode Read(Exception exception)
    {
        var seen = new HashSet<Exception>(ReferenceEqualityComparer.Instance);
        var waiting = new Queue<(Exception Exception, ExceptionNode Node)>();
        var root = NodeOf(exception, 0, seen, waiting);
        var nodes = 1;
        while (waiting.TryDequeue(out var next))
        {
            Fill(next.Node, next.Exception);
            var related = RelatedExceptions.Of(next.Exception, MostChildren, out var more);
            next.Node.Skipped = more;
            if (next.Node.Depth == MostDepth - 1)
            {
                next.Node.Skipped += related.Count;
                if (related is [{ IsInner: true }])
                {
                    nodes += AddRootCause(next.Node, related[0].Exception, seen, waiting);
                }

                continue;
            }

            foreach (var (child, isInner) in related)
            {
                if (nodes == MostNodes)
                {
                    next.Node.Skipped++;
                    continue;
                }

                nodes++;
                Attach(next.Node, NodeOf(child, next.Node.Depth + 1, seen, waiting), isInner);
            }
        }

        root.Total = nodes;
        return root;
    }

    private static ExceptionNode NodeOf(
        Exception exception, int depth, HashSet<Exception> seen, Queue<(Exception Exception, ExceptionNode Node)> waiting)
    {
        var node = new ExceptionNode(TypeNames.Of(exception.GetType()), depth);
        if (seen.Add(exception))
        {
            waiting.Enqueue((exception, node));
        }
        else
        {
            node.Repeated = true;
            node.Message = MessageOf(exception);
        }

        return node;
    }

    private static void Attach(ExceptionNode parent, ExceptionNode child, bool isInner)
    {
        if (isInner)
        {
            parent.Inner = child;
        }
        else
        {
            (parent.Children ??= []).Add(child);
        }
    }

    // The last cause of a chain tells more than its middle.
    private static int AddRootCause(
        ExceptionNode parent, Exception first, HashSet<Exception> seen, Queue<(Exception Exception, ExceptionNode Node)> waiting)
    {
        var cause = first;
        var links = 0;
        while (cause.InnerException is { } deeper && !seen.Contains(deeper) && links < 10_000)
        {
            cause = deeper;
            links++;
        }

        parent.Skipped = links;
        Attach(parent, NodeOf(cause, MostDepth, seen, waiting), isInner: true);
        return 1;
    }

    private static void Fill(ExceptionNode node, Exception exception)
    {
        node.Message = MessageOf(exception);
        node.HResult = exception.HResult;
        node.Frames = StackLines.Parse(Guarded.Text(exception, static e => e.StackTrace));
        node.Pg = exception is PostgresException postgres ? PostgresFields.Of(postgres) : null;
        node.Errors = ValidationErrors.Of(exception);
        node.Data = DataFields.Of(exception);
        node.Properties = CustomProperties.Of(exception);
    }

    // PostgresException.Message holds the server's DETAIL, which quotes the row's values.
    private static string? MessageOf(Exception exception) => exception is PostgresException postgres
        ? Guarded.Text(postgres, static e => $"{e.SqlState}: {e.MessageText}")
        : Guarded.Text(exception, static e => e.Message);
}
