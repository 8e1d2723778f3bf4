using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Tests.Runs;

public sealed class RepositoryLookTests
{
    [Theory]
    [InlineData("package.json", """{ "scripts": { "start": "node ." } }""", "npm start")]
    [InlineData("package.json", """{ "scripts": { "dev": "tsx watch" } }""", "npm run dev")]
    [InlineData("manage.py", "", "python3 manage.py runserver --noreload 127.0.0.1:$PORT")]
    [InlineData("src/Shop/Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />", "dotnet run --no-launch-profile --project 'src/Shop/Shop.csproj'")]
    [InlineData("app/main.py", "from fastapi import FastAPI\napi = FastAPI()\n", "python3 -m uvicorn app.main:api --port $PORT")]
    [InlineData("app/main.py", "def get_application() -> FastAPI:\n    settings = get()\n\n    application = FastAPI(**settings)\n    return application\n\n\napp = get_application()\n", "python3 -m uvicorn app.main:app --port $PORT")]
    [InlineData("shop/app.py", "def create_app():\n    app = FastAPI()\n    return app\n", "python3 -m uvicorn shop.app:create_app --factory --port $PORT")]
    [InlineData("shop/app.py", "def create_app(config=None):\n    app = Flask(__name__)\n    return app\n", "python3 -m flask --app shop.app:create_app run --port $PORT")]
    [InlineData("app.py", "from flask import Flask\napp = Flask(__name__)\n", "python3 -m flask --app app:app run --port $PORT")]
    [InlineData("Procfile", "web: gunicorn shop\n", "gunicorn shop")]
    [InlineData("bin/rails", "", "bin/rails server -p $PORT")]
    public void A_repository_is_recognised_by_its_files(string file, string text, string command)
    {
        using var folder = new Folder();
        folder.Write(file, text);
        Assert.Equal(command, RepositoryLook.Find(folder.Path)?.Command);
    }

    [Theory]
    [InlineData(".venv/bin/python", ".venv/bin/python")]
    [InlineData("uv.lock", "uv run python")]
    [InlineData("poetry.lock", "poetry run python")]
    public void The_interpreter_is_the_one_that_has_the_packages(string file, string interpreter)
    {
        using var folder = new Folder();
        folder.Write("manage.py", "");
        folder.Write(file, "");
        Assert.StartsWith(interpreter + " manage.py", RepositoryLook.Find(folder.Path)?.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compose_file_tells_what_the_inspection_does_not_start()
    {
        using var folder = new Folder();
        folder.Write("package.json", """{ "scripts": { "start": "node ." } }""");
        folder.Write("compose.yaml", "services:\n  db:\n    image: postgres:16\n  cache:\n    image: \"redis:7\"\n");
        var notes = RepositoryLook.Find(folder.Path)!.Notes;
        Assert.Contains(notes, note => note.Contains("redis:7", StringComparison.Ordinal) && !note.Contains("postgres", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("npm ci", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_made_up_where_nothing_is_recognised()
    {
        using var folder = new Folder();
        folder.Write("README.md", "A shop.");
        folder.Write("package.json", "{ broken");
        Assert.Null(RepositoryLook.Find(folder.Path));
    }

    [Fact]
    public void What_is_proposed_is_read_again()
    {
        var config = ConfigReader.Read(new Proposal("npm start", "It is said.").ToConfig("the \"shop\"", "npm run migrate"), "f");
        Assert.Equal(("the \"shop\"", "npm start", "npm run migrate"), (config.Name, config.Command, config.Migrate));
    }
}
