using System.Text;

namespace Roadworthy.Wire.Statements;

/// <summary>What a statement is for, and whose tables it reads and writes. For the normalized text of one statement, once for each shape: it may allocate.</summary>
internal sealed class StatementClassifier
{
    private const int MaxTables = 64;

    private readonly List<string> _words = [];
    private readonly List<string> _reads = [];
    private readonly List<string> _writes = [];

    private StatementClassifier(ReadOnlySpan<byte> normalized)
    {
        var lexer = new SqlLexer(normalized);
        while (lexer.Read() is var token and not SqlToken.End) _words.Add(Word(token, lexer.Token));
    }

    public bool TakesLocks { get; private set; }

    public IReadOnlyList<string> Reads => _reads;

    public IReadOnlyList<string> Writes => _writes;

    public StatementKind Kind { get; private set; }

    public static StatementClassifier Classify(ReadOnlySpan<byte> normalized)
    {
        var made = new StatementClassifier(normalized);
        made.FindTables();
        made.Kind = made.FindKind();
        return made;
    }

    // Names that are quoted lose their quotes, but stay what they are: "update" is no UPDATE.
    private static string Word(SqlToken token, ReadOnlySpan<byte> text) =>
        token == SqlToken.QuotedName ? '"' + Encoding.UTF8.GetString(text).Trim('"') : Encoding.UTF8.GetString(text);

    private string At(int index) => index >= 0 && index < _words.Count ? _words[index] : "";

    private StatementKind FindKind()
    {
        var first = 0;
        while (At(first) == "(") first++;
        var second = At(first + 1);
        return At(first) switch
        {
            "begin" or "start" => StatementKind.Begin,
            "commit" or "end" => StatementKind.Commit,
            "prepare" => second == "transaction" ? StatementKind.Commit : StatementKind.Prepare,
            "rollback" or "abort" => second switch
            {
                "prepared" => StatementKind.Other,
                _ => _words.Contains("to") ? StatementKind.RollbackTo : StatementKind.Rollback,
            },
            "savepoint" or "release" => StatementKind.Savepoint,
            "set" => second == "session" && At(first + 2) == "authorization" && At(first + 3) is "default" or "?" ? StatementKind.Reset : StatementKind.Set,
            "reset" or "discard" or "unlisten" => StatementKind.Reset,
            "close" => second == "all" ? StatementKind.Reset : StatementKind.Other,
            "deallocate" => _words[^1] == "all" ? StatementKind.Reset : StatementKind.Deallocate,
            "listen" or "notify" => StatementKind.Notify,
            "lock" => StatementKind.Lock,
            "execute" => StatementKind.Execute,
            "create" or "alter" or "drop" or "comment" or "grant" or "revoke" or "reindex" or "refresh" or "reassign" or "import" or "security" => StatementKind.Schema,
            "copy" => _writes.Count > 0 ? StatementKind.Write : StatementKind.Read,
            _ when _writes.Count > 0 => StatementKind.Write,
            "select" when second == "pg_advisory_unlock_all" => StatementKind.Reset,
            "select" or "with" or "table" or "values" or "show" or "fetch" or "explain" or "declare" => StatementKind.Read,
            _ => StatementKind.Other,
        };
    }

    private void FindTables()
    {
        for (var n = 0; n < _words.Count; n++)
        {
            switch (_words[n])
            {
                case "insert" or "merge" when At(n + 1) == "into":
                    Add(_writes, n + 2);
                    break;
                case "delete" when At(n + 1) == "from":
                    Add(_writes, n + 2);
                    n++;
                    break;
                case "update" when At(n - 1) is "update" or "for" or "key":
                    TakesLocks = true;
                    break;
                case "update" when At(n - 1) is not ("do" or "on" or "." or "," or "select" or "as" or "=" or "or" or "before" or "after" or "of"):
                    Add(_writes, n + 1);
                    break;
                case "share" when At(n - 1) is "for" or "key":
                    TakesLocks = true;
                    break;
                case "truncate" when n == 0:
                    Add(_writes, At(1) == "table" ? 2 : 1);
                    break;
                case "copy" when n == 0:
                    if (At(1) != "(") Add(IndexOutsideBrackets("from") > 0 ? _writes : _reads, 1);
                    break;
                case "from" when _words[0] != "copy":
                case "join":
                    if (At(n + 1) is not "(" and not "?") Add(_reads, n + 1);
                    break;
            }
        }
    }

    private int IndexOutsideBrackets(string word)
    {
        var depth = 0;
        for (var n = 0; n < _words.Count; n++)
        {
            if (_words[n] == "(") depth++;
            else if (_words[n] == ")") depth--;
            else if (depth == 0 && _words[n] == word) return n;
        }

        return -1;
    }

    // Without its schema, as both forms are met for one table.
    private void Add(List<string> tables, int at)
    {
        while (At(at) is "only" or "lateral") at++;
        while (At(at + 1) == ".") at += 2;
        var name = At(at).TrimStart('"');
        if (name.Length > 0 && name != "(" && tables.Count < MaxTables && !tables.Contains(name, StringComparer.Ordinal)) tables.Add(name);
    }
}
