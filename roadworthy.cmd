@echo off
rem Windows compiles and is untested.
dotnet build "%~dp0src\Roadworthy.Cli" -c Release -v quiet --nologo 1>&2 || exit /b 2
dotnet "%~dp0artifacts\bin\Roadworthy.Cli\release\roadworthy.dll" %*
